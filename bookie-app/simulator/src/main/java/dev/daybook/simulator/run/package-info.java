/** One seed is one run: draws a world, lets things go wrong, heals it and judges. */
@NullMarked
package dev.daybook.simulator.run;

import org.jspecify.annotations.NullMarked;
