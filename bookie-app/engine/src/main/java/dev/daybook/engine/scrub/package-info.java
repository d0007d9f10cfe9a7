/** What scrubbing reads back, what follows from damage, and when the next round begins. No I/O. */
@NullMarked
package dev.daybook.engine.scrub;

import org.jspecify.annotations.NullMarked;
