/** What must be true after every event, beside what the history of clients shows in the end. */
@NullMarked
package dev.daybook.simulator.check;

import org.jspecify.annotations.NullMarked;
