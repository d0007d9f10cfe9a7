package dev.daybook.importer.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Which ledgers there are and where their entries lie. Owned by one thread. */
public interface LedgerIndex extends Closeable {
    /** All ledgers that were not deleted, ascending. */
    long[] ledgerIds() throws IOException;

    /** Empty if it was deleted or never existed. */
    Optional<SourceLedger> ledger(long ledgerId) throws IOException;

    /** Tells every entry from the given one on, ascending, until the visitor has enough. */
    void forEachEntry(long ledgerId, long fromEntryId, LocationVisitor visitor) throws IOException;

    /** Takes entries. */
    @FunctionalInterface
    interface LocationVisitor {
        /**
         * @param location log id in the upper half, offset of the entry behind its length in the lower
         * @return whether to go on
         */
        boolean entry(long entryId, long location) throws IOException;
    }
}
