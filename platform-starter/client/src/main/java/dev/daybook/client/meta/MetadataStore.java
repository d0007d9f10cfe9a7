package dev.daybook.client.meta;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The part of the metadata service that a client needs. Thread-safe. Stages fail with {@code LedgerException} reasons
 * {@code METADATA_UNAVAILABLE}, {@code TIMEOUT} or {@code METADATA_CORRUPT}; expected outcomes are values.
 */
public interface MetadataStore extends AutoCloseable {
    /** A fresh id that no ledger of the cluster uses. */
    CompletionStage<LedgerId> generateLedgerId();

    /** Creates the record unless one exists; recognises its own earlier attempt by the creation token. */
    CompletionStage<CreateOutcome> create(LedgerId ledger, LedgerMetadata metadata);

    /** @return empty if there is no such ledger */
    CompletionStage<Optional<Versioned<LedgerMetadata>>> read(LedgerId ledger);

    /** Replaces the record if its version is still {@code expectedVersion}. */
    CompletionStage<SwapOutcome> swap(LedgerId ledger, LedgerMetadata metadata, long expectedVersion);

    /** Removes the record whatever its version; a missing one counts as removed. */
    CompletionStage<Void> delete(LedgerId ledger);

    /**
     * Delivers the record now and after each change, with ascending versions, and empty when it is gone, also across
     * session loss, until the subscription is closed. Calls come one at a time.
     */
    Subscription watch(LedgerId ledger, Consumer<Optional<Versioned<LedgerMetadata>>> listener);

    /** As described at {@code LedgerAdmin.ledgers}. */
    CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit);

    /** Writable and read-only bookies as last seen; never blocks. */
    BookieSnapshot bookies();

    /** Tells the snapshot now and after each change. */
    Subscription watchBookies(Consumer<BookieSnapshot> listener);

    /**
     * Tells where bookies stand, by what an administrator stored for the whole cluster, now and after each change: paths
     * like {@code /rack} or {@code /region/rack}.
     */
    default Subscription watchLocations(Consumer<Map<BookieId, String>> listener) {
        return new RecordedLocations(records()).watch(listener);
    }

    /**
     * Replaces what is stored for the whole cluster of where bookies stand. Whatever else other programs keep there is
     * lost.
     */
    default CompletionStage<Void> storeLocations(Map<BookieId, String> locations) {
        return new RecordedLocations(records()).store(locations);
    }

    /** Every bookie that has a registration or a cookie. */
    CompletionStage<List<BookieRecord>> bookieRecords();

    /** Where the bookie listens for the bookie protocol; empty if unknown. Falls back to {@code host:port} ids. */
    CompletionStage<Optional<BookieAddress>> resolve(BookieId bookie);

    CompletionStage<Optional<String>> instanceId();

    /** Small values of other kinds than ledgers, in the same session. */
    RecordStore records();

    /** What auditors, workers and operators leave for each other, in the same session. */
    RepairStore repairs();

    /** The bookie's side of the same session. */
    BookieRegistry registry();

    @Override
    void close();

    /** Ends deliveries; idempotent. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** A lock that is held. */
    interface LedgerLock {
        /** Gives it back; a lock that was lost with the session is left to its new holder. To be called once. */
        CompletionStage<Void> release();
    }

    /** Where a bookie listens. */
    record BookieAddress(String host, int port) {}

    /** Bookies that take new entries, and those that only serve reads. */
    record BookieSnapshot(List<BookieId> writable, List<BookieId> readOnly) {
        public BookieSnapshot {
            writable = List.copyOf(writable);
            readOnly = List.copyOf(readOnly);
        }
    }

    /** The three ways a creation ends; a lost answer is settled inside. */
    sealed interface CreateOutcome {
        record Created(long version) implements CreateOutcome {}

        record Exists() implements CreateOutcome {}
    }

    /** The ways a swap ends. */
    sealed interface SwapOutcome {
        record Swapped(long version) implements SwapOutcome {}

        /** Another version is stored: read again and decide. */
        record Conflict() implements SwapOutcome {}

        record NoSuchLedger() implements SwapOutcome {}

        /** The connection was lost after sending: read again and compare. */
        record Unknown() implements SwapOutcome {}
    }
}
