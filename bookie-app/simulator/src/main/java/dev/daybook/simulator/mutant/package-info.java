/** Known defects put back into the code, to see how soon they are found. */
@NullMarked
package dev.daybook.simulator.mutant;

import org.jspecify.annotations.NullMarked;
