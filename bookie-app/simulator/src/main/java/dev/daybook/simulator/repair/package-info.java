/** The cluster that heals itself: auditors and workers, whoever empties a bookie, and what they must have reached in the end. */
@NullMarked
package dev.daybook.simulator.repair;

import org.jspecify.annotations.NullMarked;
