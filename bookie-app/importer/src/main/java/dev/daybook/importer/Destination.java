package dev.daybook.importer;

import dev.daybook.engine.ledger.LedgerRow;
import java.io.IOException;
import java.util.List;

/** Where entries go. */
interface Destination {
    void put(long ledgerId, long entryId, byte[] body);

    /** Whether it is time for a flush. */
    boolean isFull();

    /** Makes everything durable that was put, and notes how far that is. */
    void flush(List<LedgerRow> rows, Progress progress) throws IOException;

    /** Whether exactly these bytes are there already. */
    boolean holds(long ledgerId, long entryId, byte[] body) throws IOException;

    /** Of a dry run. */
    final class Nowhere implements Destination {
        @Override
        public void put(long ledgerId, long entryId, byte[] body) {}

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void flush(List<LedgerRow> rows, Progress progress) {}

        @Override
        public boolean holds(long ledgerId, long entryId, byte[] body) {
            return false;
        }
    }
}
