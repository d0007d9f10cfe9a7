/** Clients: the real cores of writer, recovery and readers, each in a process that performs their effects. */
@NullMarked
package dev.daybook.simulator.client;

import org.jspecify.annotations.NullMarked;
