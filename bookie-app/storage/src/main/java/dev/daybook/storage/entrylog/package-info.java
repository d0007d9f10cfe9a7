/** Append-only files with the entries of many ledgers; see FORMAT.md. */
@NullMarked
package dev.daybook.storage.entrylog;

import org.jspecify.annotations.NullMarked;
