package dev.daybook.client;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Read-only view of a cluster. Every call goes to the metadata service or to a bookie; nothing is cached here. */
public interface LedgerAdmin {
    /** Every bookie that ever joined: writable, read-only, and those that only their cookie remembers. */
    CompletionStage<List<BookieRecord>> bookies();

    /** Total and free bytes as the bookie says. */
    CompletionStage<DiskUsage> diskUsage(BookieId bookie);

    /**
     * Ledger ids above {@code after} in ascending order, at most {@code limit}. Start with {@link Optional#empty()};
     * an empty list is the end. Holds one leaf directory of the store at a time, never all ids.
     */
    CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit);

    /** @return empty if there is no such ledger */
    CompletionStage<Optional<Versioned<LedgerMetadata>>> ledger(LedgerId ledger);

    /** Ledgers marked as lacking copies, at most {@code limit}. */
    CompletionStage<List<UnderReplicatedLedger>> underReplicated(int limit);

    /** @return the bookie id in the auditor's vote, empty when none is elected */
    CompletionStage<Optional<String>> auditor();

    CompletionStage<Boolean> autoRecoveryEnabled();

    /** The cluster's INSTANCEID, empty in clusters that were made by hand. */
    CompletionStage<Optional<String>> instanceId();

    /** Bytes, summed over a bookie's ledger directories. */
    record DiskUsage(long totalBytes, long freeBytes) {}
}
