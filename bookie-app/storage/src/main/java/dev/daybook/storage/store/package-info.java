/** One ledger directory: entry logs, index and ledger table under one atomic checkpoint; see FORMAT.md. */
@NullMarked
package dev.daybook.storage.store;

import org.jspecify.annotations.NullMarked;
