package dev.daybook.client.loop;

import dev.daybook.core.read.Defect;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.List;
import java.util.function.Consumer;

/** What reads ask of the handle they belong to. Belongs to the loop. */
interface ReadSource {
    LedgerLoop loop();

    BookieRequests requests();

    long ledgerId();

    /** As last heard. */
    LedgerMetadata metadata();

    /** Positions of the replicas of an entry in the order to ask them. */
    List<Integer> readOrder(LedgerMetadata metadata, long entryId);

    /** Bad copies of entries of which a good one was found. */
    void onDefects(long entryId, List<Defect> defects);

    /** The ledger was deleted; what its bookies still hold may go any moment. */
    boolean isDeleted();

    /** Reads the record from the store; the old one comes back if that fails. */
    void refresh(Consumer<LedgerMetadata> then);
}
