/** Entries that are acknowledged and wait for the next flush. */
@NullMarked
package dev.daybook.storage.memtable;

import org.jspecify.annotations.NullMarked;
