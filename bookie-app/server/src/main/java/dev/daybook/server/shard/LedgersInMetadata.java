package dev.daybook.server.shard;

import java.io.IOException;
import java.util.Set;

/** What garbage collection asks the metadata store. May block; called from the thread that runs the collection. */
public interface LedgersInMetadata {
    /**
     * The ids of all ledgers that exist.
     *
     * @throws IOException if the listing is not complete; an incomplete listing is no answer
     */
    Set<Long> list() throws IOException;

    /**
     * Reads the metadata of one ledger.
     *
     * @return true only if the store clearly says that there is no such ledger
     * @throws IOException if it cannot tell
     */
    boolean isGone(long ledgerId) throws IOException;
}
