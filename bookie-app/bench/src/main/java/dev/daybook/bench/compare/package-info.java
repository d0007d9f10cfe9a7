/** Measures bookies of this project and of the reference in turn on one machine, and judges the goals. */
@NullMarked
package dev.daybook.bench.compare;

import org.jspecify.annotations.NullMarked;
