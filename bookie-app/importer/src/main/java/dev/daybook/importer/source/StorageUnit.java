package dev.daybook.importer.source;

import java.io.Closeable;
import java.io.IOException;

/**
 * Entry logs and the index that points into them. Interleaved and sorted storage are one unit over all directories;
 * DbLedgerStorage is one per ledger directory, each with log numbers of its own.
 */
public record StorageUnit(LedgerIndex index, SourceLogs logs) implements Closeable {
    @Override
    public void close() throws IOException {
        index.close();
        logs.close();
    }
}
