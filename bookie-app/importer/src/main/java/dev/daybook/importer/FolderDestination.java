package dev.daybook.importer;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.server.shard.BulkWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The new bookie's folders. */
final class FolderDestination implements Destination {
    private final BulkWriter writer;
    private final Path stateFolder;
    private final long cacheBytes;

    FolderDestination(BulkWriter writer, Path stateFolder, long cacheBytes) {
        this.writer = writer;
        this.stateFolder = stateFolder;
        this.cacheBytes = cacheBytes;
    }

    @Override
    public void put(long ledgerId, long entryId, byte[] body) {
        writer.put(ledgerId, entryId, body);
    }

    @Override
    public boolean isFull() {
        return writer.cachedBytes() >= cacheBytes;
    }

    @Override
    public void flush(List<LedgerRow> rows, Progress progress) throws IOException {
        writer.flush(rows);
        progress.write(stateFolder);
    }

    @Override
    public boolean holds(long ledgerId, long entryId, byte[] body) throws IOException {
        return writer.holds(ledgerId, entryId, body);
    }
}
