/** Reads everything back at a bounded rate, and does what can be done about damage before somebody asks for the bytes. */
@NullMarked
package dev.daybook.server.scrub;

import org.jspecify.annotations.NullMarked;
