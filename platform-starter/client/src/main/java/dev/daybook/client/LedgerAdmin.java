package dev.daybook.client;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What operators look at. Every call goes to the metadata service or to a bookie; nothing is cached here. Orders are given
 * through {@link #repairs} and {@link #jobs} only.
 */
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

    /** The first ledgers marked as lacking copies, at most {@code limit}. */
    default CompletionStage<List<UnderReplicatedLedger>> underReplicated(int limit) {
        return underReplicated(Optional.empty(), limit);
    }

    /** Ledgers above {@code after} that are marked so, in ascending order, at most {@code limit}; fewer are the end. */
    CompletionStage<List<UnderReplicatedLedger>> underReplicated(Optional<LedgerId> after, int limit);

    /** @return the bookie id in the auditor's vote, empty when none is elected */
    CompletionStage<Optional<String>> auditor();

    CompletionStage<Boolean> autoRecoveryEnabled();

    /** The cluster's INSTANCEID, empty in clusters that were made by hand. */
    CompletionStage<Optional<String>> instanceId();

    /** Marks, workers, searches and limits of repair. */
    RepairStore repairs();

    /** Jobs that move copies between bookies. */
    JobStore jobs();

    /** What the auditor does; empty if no auditor of Daybook was ever elected. */
    CompletionStage<Optional<AuditorReport>> auditorReport();

    /** Bytes, summed over a bookie's ledger directories. */
    record DiskUsage(long totalBytes, long freeBytes) {}
}
