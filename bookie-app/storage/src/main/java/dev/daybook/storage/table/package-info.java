/** Files with the durable state of ledgers; see FORMAT.md. */
@NullMarked
package dev.daybook.storage.table;

import org.jspecify.annotations.NullMarked;
