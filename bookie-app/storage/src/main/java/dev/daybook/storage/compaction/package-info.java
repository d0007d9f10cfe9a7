/** Copies what is alive in an entry log to another one and gives the log back. Source: bookie specification, section 9.4. */
@NullMarked
package dev.daybook.storage.compaction;

import org.jspecify.annotations.NullMarked;
