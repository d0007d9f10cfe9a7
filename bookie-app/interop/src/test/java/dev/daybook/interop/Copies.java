package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Where the copies of ledgers should be according to the metadata, and whether they are there. */
final class Copies implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final int ALL = 100_000;

    private final MetadataStore store;

    Copies(String metadataUri) {
        this.store = connected(metadataUri);
    }

    static MetadataStore connected(String metadataUri) {
        return MetadataStores.connect(MetadataUri.parse(metadataUri), new MetadataTimeouts(WAIT, WAIT, WAIT));
    }

    MetadataStore store() {
        return store;
    }

    LedgerMetadata metadata(LedgerId ledger) {
        return OurClient.await(store.read(ledger)).orElseThrow().value();
    }

    boolean hasMember(LedgerId ledger, BookieId bookie) {
        return metadata(ledger).fragments().stream()
                .anyMatch(fragment -> fragment.ensemble().contains(bookie));
    }

    List<LedgerId> having(List<LedgerId> ledgers, BookieId member) {
        return ledgers.stream()
                .filter(ledger -> hasMember(ledger, member))
                .sorted()
                .toList();
    }

    List<LedgerId> marked() {
        return OurClient.await(store.repairs().marked(Optional.empty(), ALL)).stream()
                .map(UnderReplicatedLedger::ledger)
                .sorted()
                .toList();
    }

    boolean nothingIsLocked() {
        return OurClient.await(store.repairs().locks()).isEmpty();
    }

    /** Every bookie that should have an entry has it, and says so itself. */
    void check(LedgerId ledger, int entries, Set<BookieId> alive) {
        LedgerMetadata record = metadata(ledger);
        assertThat(record.end().orElseThrow().lastEntryId()).isEqualTo(entries - 1);
        for (long entry = 0; entry < entries; entry++) {
            List<BookieId> ensemble = record.fragmentOf(entry).ensemble();
            assertThat(ensemble).doesNotHaveDuplicates().isSubsetOf(alive);
            for (int position : Striping.writeSet(record.quorum(), entry)) {
                assertThat(RawRead.status(ensemble.get(position), ledger, entry))
                        .as("entry %d of ledger %s on %s", entry, ledger, ensemble.get(position))
                        .isEqualTo(Status.OK);
            }
        }
    }

    /** As {@link #check}, and all copies of an entry are alike, header and digest included. */
    void checkEqual(LedgerId ledger, int entries, Set<BookieId> alive) {
        check(ledger, entries, alive);
        LedgerMetadata record = metadata(ledger);
        for (long entry = 0; entry < entries; entry++) {
            List<BookieId> ensemble = record.fragmentOf(entry).ensemble();
            byte[] first = null;
            for (int position : Striping.writeSet(record.quorum(), entry)) {
                byte[] copy =
                        RawRead.answer(ensemble.get(position), ledger, entry).entry();
                assertThat(copy)
                        .as("entry %d of ledger %s on %s", entry, ledger, ensemble.get(position))
                        .isEqualTo(first == null ? copy : first);
                first = copy;
            }
        }
    }

    /** Entries of the ledger that striping gives to the bookie. */
    List<Long> entriesOf(LedgerId ledger, BookieId bookie, int entries) {
        LedgerMetadata record = metadata(ledger);
        return LongStream.range(0, entries)
                .filter(entry -> {
                    int position = record.fragmentOf(entry).ensemble().indexOf(bookie);
                    return position >= 0 && Striping.stores(record.quorum(), entry, position);
                })
                .boxed()
                .toList();
    }

    /** @param otherwise what is the case instead */
    static void await(Duration patience, Supplier<String> otherwise, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not come true within " + patience + ": " + otherwise.get());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
