/** Keeps cluster metadata in this process: for tests, for simulation, for trying things out. */
@NullMarked
package dev.daybook.client.meta.memory;

import org.jspecify.annotations.NullMarked;
