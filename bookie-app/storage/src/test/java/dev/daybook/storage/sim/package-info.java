/** A simulated disk for tests of this and other modules. */
@NullMarked
package dev.daybook.storage.sim;

import org.jspecify.annotations.NullMarked;
