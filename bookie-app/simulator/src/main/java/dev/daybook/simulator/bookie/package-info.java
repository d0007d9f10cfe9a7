/** The real bookie on simulated disks, as a process that dies, freezes, rots and comes back. */
@NullMarked
package dev.daybook.simulator.bookie;

import org.jspecify.annotations.NullMarked;
