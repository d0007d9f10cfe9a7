/** The bookie as a process: its settings, its start, its end. */
@NullMarked
package dev.daybook.server;

import org.jspecify.annotations.NullMarked;
