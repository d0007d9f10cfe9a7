package dev.daybook.client.repair;

import dev.daybook.core.place.Adherence;
import dev.daybook.core.repair.CheckReport;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Repairs ledgers with the passwords that their metadata carry. Thread-safe. Stages fail with a
 * {@link dev.daybook.client.LedgerException}; a ledger that could not be made whole is a value.
 */
public interface LedgerRepairs {
    /**
     * Finds which copies of the ledger are missing and makes them. Whoever calls this holds the ledger's lock (see
     * {@code MetadataStore.lock}): a bookie removes copies that no metadata name, and spares only ledgers that are locked.
     * Two repairs of one ledger at once do no harm otherwise, and a refill needs no lock.
     */
    RepairRun repair(LedgerId ledger, RepairRequest request);

    /**
     * Finds which copies of the ledger are missing, and changes nothing. Only what the request says of leaving bookies,
     * suspects and percent counts.
     *
     * @return empty if there is no such ledger
     */
    CompletionStage<Optional<CheckReport>> check(LedgerId ledger, RepairRequest request);

    /** How well the worst of the ledger's ensembles keeps to this client's placement policy, with the bookies of now. */
    CompletionStage<Adherence> adherence(LedgerId ledger, LedgerMetadata metadata);

    /**
     * Who would have to take over from whom so that all of the ledger's ensembles keep to this client's placement policy,
     * with the bookies of now.
     *
     * @return nobody if none of them fails it, or if there is no policy; empty if no choice was found
     */
    default CompletionStage<Optional<Map<BookieId, BookieId>>> rearrangement(LedgerId ledger, LedgerMetadata metadata) {
        return CompletableFuture.completedFuture(Optional.of(Map.of()));
    }

    /**
     * Fences, recovers and closes the ledger. A live writer loses it, so wait until the writer has had the time to
     * replace a lost bookie by itself.
     *
     * @return the record of the closed ledger
     */
    CompletionStage<LedgerMetadata> recover(LedgerId ledger);

    /** Bytes per second that all repairs together may read, from now on; 0 for no limit. */
    void limitBytesPerSecond(long bytes);

    /**
     * Whether repairs and checks, all together, give way to whoever else reads and writes, from now on; they do unless told
     * otherwise. They notice others by how much longer bookies take to answer.
     */
    void giveWay(boolean now);
}
