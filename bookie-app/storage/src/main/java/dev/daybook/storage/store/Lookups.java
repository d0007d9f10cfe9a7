package dev.daybook.storage.store;

import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.readahead.ReadAhead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Searches a ledger directory without waiting for any job: it uses the view that is current when it begins, and begins
 * again if that was replaced and its files were taken away meanwhile. What it cannot tell is an exception, never absence.
 */
final class Lookups {
    private final String path;
    private final StoreState state;
    private final ReadAhead readAhead;

    Lookups(String path, StoreState state, ReadAhead readAhead) {
        this.path = path;
        this.state = state;
        this.readAhead = readAhead;
    }

    Optional<ByteBuffer> find(long ledgerId, long entryId, long visibleFromFlush) throws IOException {
        Optional<ByteBuffer> ahead = readAhead.find(ledgerId, entryId, visibleFromFlush);
        if (ahead.isPresent()) {
            return ahead;
        }
        while (true) {
            long epoch = readAhead.epoch();
            StoreView view = state.view();
            try {
                Optional<IndexRow> row = locate(view, ledgerId, entryId, visibleFromFlush);
                return row.isEmpty() ? Optional.empty() : Optional.of(readAhead.read(row.get(), epoch, view));
            } catch (IOException e) {
                if (state.view() == view) {
                    throw e;
                }
            }
        }
    }

    private Optional<IndexRow> locate(StoreView view, long ledgerId, long entryId, long visibleFromFlush)
            throws IOException {
        Optional<IndexRow> row;
        try {
            row = view.locate(ledgerId, entryId, visibleFromFlush);
        } catch (IOException e) {
            noteDamage(view, e);
            throw e;
        }
        if (row.isEmpty()) {
            requireCertainty(view, ledgerId, visibleFromFlush);
        }
        return row;
    }

    private void noteDamage(StoreView view, IOException cause) {
        if (state.view() == view) {
            state.indexFailed(cause);
        }
    }

    private void requireCertainty(StoreView view, long ledgerId, long visibleFromFlush) throws StorageDamage {
        if (view.isDoubted(ledgerId, visibleFromFlush)) {
            throw new StorageDamage("Index or entry logs of " + path + " were damaged, so entries of ledger " + ledgerId
                    + " may be missing there: read them from another bookie and let the cluster restore this copy.");
        }
    }

    void forEachEntry(long ledgerId, long visibleFromFlush, LongConsumer visitor) throws IOException {
        while (true) {
            StoreView view = state.view();
            requireCertainty(view, ledgerId, visibleFromFlush);
            try {
                view.forEachRow(ledgerId, visibleFromFlush, row -> visitor.accept(row.entryId()));
                return;
            } catch (IOException e) {
                if (state.view() == view) {
                    state.indexFailed(e);
                    throw e;
                }
            }
        }
    }
}
