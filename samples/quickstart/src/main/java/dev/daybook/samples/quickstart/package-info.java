/** Writes a text into a replicated ledger line by line, reads it back and verifies it. */
@NullMarked
package dev.daybook.samples.quickstart;

import org.jspecify.annotations.NullMarked;
