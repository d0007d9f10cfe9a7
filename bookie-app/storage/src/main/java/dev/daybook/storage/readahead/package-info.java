/** Entries that a sequential reader will ask for next. */
@NullMarked
package dev.daybook.storage.readahead;

import org.jspecify.annotations.NullMarked;
