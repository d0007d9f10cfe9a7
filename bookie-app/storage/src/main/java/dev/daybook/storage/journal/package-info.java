/** The journal's files: format, scan and writing. One fact per record; see FORMAT.md. */
@NullMarked
package dev.daybook.storage.journal;

import org.jspecify.annotations.NullMarked;
