package dev.daybook.spring.core;

import org.jspecify.annotations.Nullable;

/** Fills a new ledger. */
@FunctionalInterface
public interface LedgerWriteCallback<T extends @Nullable Object> {
    /** @return what the write shall return to its caller */
    T write(LedgerAppender ledger);
}
