/** What requests mean: the bookie's state machine, told of events and asking for effects. */
@NullMarked
package dev.daybook.engine.request;

import org.jspecify.annotations.NullMarked;
