/** The one clock of a run, its dice, its processes, and what was seen to happen. */
@NullMarked
package dev.daybook.simulator.world;

import org.jspecify.annotations.NullMarked;
