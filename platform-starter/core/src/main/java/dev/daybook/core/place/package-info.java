/** Choosing bookies as a function of a cluster snapshot, exclusions and dice. */
@NullMarked
package dev.daybook.core.place;

import org.jspecify.annotations.NullMarked;
