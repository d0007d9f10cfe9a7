package dev.daybook.client.meta;

import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.UnderReplicationMark;
import dev.daybook.protocol.format.WorkerReport;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What auditors, workers and operators leave for each other in the metadata service, in the same session as the store.
 * Thread-safe. Stages fail as those of {@link MetadataStore} do. Source: metadata specification, section 12.
 */
public interface RepairStore {
    /**
     * Asks for the copies that these bookies should have; adds them to a mark that the ledger has already, and leaves a
     * mark untouched that names them all. An empty set asks for repair of the placement.
     */
    CompletionStage<Void> mark(LedgerId ledger, Set<BookieId> missing);

    /** @return empty if the ledger is not marked */
    CompletionStage<Optional<Versioned<UnderReplicationMark>>> findMark(LedgerId ledger);

    /**
     * Removes the mark if its version is still this one. A mark that was removed and made anew has another version.
     *
     * @return false if it was marked again meanwhile; a mark that is gone counts as removed
     */
    CompletionStage<Boolean> unmark(LedgerId ledger, long version);

    /**
     * Marked ledgers above {@code after} in ascending order, at most {@code limit}; an empty list is the end. A mark that
     * cannot be read is listed without bookies, so that it hides no other.
     */
    CompletionStage<List<UnderReplicatedLedger>> marked(Optional<LedgerId> after, int limit);

    /** Tells that marks or locks may have changed; told once at the beginning, and too often rather than too seldom. */
    Subscription watchMarks(Runnable listener);

    /**
     * Takes the lock that keeps everybody else from repairing or removing copies of a ledger. It ends with the session of
     * this store at the latest; the ledger need not be marked.
     *
     * @param holder whom others see, informative only; the reference writes the machine's host name
     * @return empty if somebody holds it
     */
    CompletionStage<Optional<LedgerLock>> lock(LedgerId ledger, String holder);

    /**
     * Gives back what calls that failed may have left locked for this session, without waiting for it. To be called from
     * time to time by whoever takes locks: nobody else gives them back while the session lasts. {@link #marked} does so as
     * well.
     */
    void settleLocks();

    CompletionStage<List<HeldLock>> locks();

    /**
     * Tells that the session of this store has ended, and with it every lock that it held. Told when the service answers
     * again, so somebody else may have them already. Whatever was taken since is held.
     */
    Subscription watchLocksLost(Runnable listener);

    CompletionStage<Boolean> enabled();

    /** @return false if it was so already */
    CompletionStage<Boolean> setEnabled(boolean enabled);

    /** Tells whether repair is enabled, now and after each change. */
    Subscription watchEnabled(Consumer<Boolean> listener);

    /** The bookie id in the vote of whoever is the auditor; empty if there is none. */
    CompletionStage<Optional<String>> auditor();

    /**
     * Stands for election as the auditor, also after the session was lost, until the subscription is closed, which gives
     * up the office as well and tells nothing more. A store stands once at a time.
     */
    Subscription stand(String candidate, ElectionListener listener);

    /** Seconds to wait for a single lost bookie to come back; empty if no auditor ever ran here. At most 2^31 - 1. */
    CompletionStage<OptionalLong> lostBookieDelaySeconds();

    /** Every write is told to those who watch, also one of the present value. */
    CompletionStage<Void> setLostBookieDelay(long seconds);

    /** Stores the delay unless there is one; returns what is stored then. */
    CompletionStage<Long> initialiseLostBookieDelay(long seconds);

    /** Tells after writes, not at the beginning; writes that follow each other closely may be told as one. */
    Subscription watchLostBookieDelay(Consumer<Long> listener);

    /**
     * When the search was last completed by whomever, milliseconds since the epoch; empty if never. Nothing is kept of the
     * search for lost bookies, with which every auditor begins.
     */
    CompletionStage<OptionalLong> completed(Search search);

    /** Tells when the search was last completed, now and after each write; empty if never. */
    Subscription watchCompleted(Search search, Consumer<OptionalLong> listener);

    /**
     * Makes auditors believe that the search was completed then. A time long ago asks for a search: an auditor of Daybook
     * makes it now, an official one when it is elected next.
     */
    CompletionStage<Void> pretendCompleted(Search search, long millis);

    /** Limits of all workers together; {@link RepairLimits#NONE} if nobody has set any. */
    CompletionStage<RepairLimits> limits();

    CompletionStage<Void> setLimits(RepairLimits limits);

    /** Tells the limits now and after each change. */
    Subscription watchLimits(Consumer<RepairLimits> listener);

    /**
     * Puts up this worker's report in place of its last one. It ends with the session of this store; the next session
     * begins without it, so it is put up again and again.
     */
    CompletionStage<Void> report(WorkerReport report);

    /** The reports of all workers that have a session, by the order of their ids. Only Daybook's workers leave any. */
    CompletionStage<List<WorkerReport>> workers();

    /** A lock that somebody holds. */
    record HeldLock(LedgerId ledger, String holder) {}

    /** Hears of the office. Calls come one at a time. */
    interface ElectionListener {
        /** From now on until {@link #ended}. */
        void elected(AuditorTerm term);

        /** Somebody else may be the auditor. Told when the service answers again, so writes fail earlier. */
        void ended();
    }

    /**
     * The time in which this store's session is the auditor. A write fails with {@code METADATA_CONFLICT} once the term
     * may be over, at one moment with the write itself, so that an auditor that was cut off can change nothing.
     */
    interface AuditorTerm {
        /** Grows from term to term. */
        long epoch();

        CompletionStage<Void> mark(LedgerId ledger, Set<BookieId> missing);

        CompletionStage<Void> complete(Search search, long millis);
    }
}
