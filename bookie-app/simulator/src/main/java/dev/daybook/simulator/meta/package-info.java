/** A metadata service that may be slow, away, or lose what it was going to say. */
@NullMarked
package dev.daybook.simulator.meta;

import org.jspecify.annotations.NullMarked;
