package dev.daybook.client.meta.memory;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.protocol.format.LedgerMetadataFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What the stores of one cluster share. Every access holds this object's lock; listeners are called outside of it. */
final class InMemoryCluster {
    /** A ledger's record as bytes, so that a format loses here what it loses elsewhere. */
    record Stored(byte[] bytes, long version, long createdMillis) {
        Versioned<LedgerMetadata> parse() {
            return new Versioned<>(LedgerMetadataFormat.parse(bytes, OptionalLong.of(createdMillis)), version);
        }
    }

    /** A registration lives as long as the store that made it. */
    record Registered(InMemoryMetadataStore owner, boolean readOnly, BookieServiceInfo service) {}

    /** Someone who follows one ledger. */
    record LedgerListener(LedgerId ledger, Consumer<Optional<Versioned<LedgerMetadata>>> listener) {}

    /** Someone who follows one record. */
    record RecordListener(RecordKey key, Consumer<Optional<Versioned<byte[]>>> listener) {}

    final TreeMap<LedgerId, Stored> ledgers = new TreeMap<>();
    final TreeMap<RecordKey, Versioned<byte[]>> records = new TreeMap<>();
    final List<RecordListener> recordListeners = new ArrayList<>();
    final Map<BookieId, Versioned<byte[]>> cookies = new TreeMap<>();
    final Map<BookieId, Registered> registrations = new TreeMap<>();
    final List<LedgerListener> ledgerListeners = new ArrayList<>();
    final List<Consumer<BookieSnapshot>> bookieListeners = new ArrayList<>();
    final Deliveries deliveries = new Deliveries();
    final RepairState repair = new RepairState(deliveries);
    final LongSupplier clockMillis;
    Optional<String> instanceId;
    private long nextLedgerId;
    private long lastRecordVersion;

    InMemoryCluster(LongSupplier clockMillis, String instanceId) {
        this.clockMillis = clockMillis;
        this.instanceId = Optional.of(instanceId);
    }

    static InMemoryCluster create() {
        return new InMemoryCluster(System::currentTimeMillis, UUID.randomUUID().toString());
    }

    LedgerId nextLedgerId() {
        while (ledgers.containsKey(new LedgerId(nextLedgerId))) {
            nextLedgerId++;
        }
        return new LedgerId(nextLedgerId++);
    }

    /** One counter for all records, so that no version comes back. */
    long nextRecordVersion() {
        return ++lastRecordVersion;
    }

    void tellLedger(LedgerId ledger) {
        Optional<Versioned<LedgerMetadata>> record =
                Optional.ofNullable(ledgers.get(ledger)).map(Stored::parse);
        for (LedgerListener follower : ledgerListeners) {
            if (follower.ledger().equals(ledger)) {
                deliveries.add(() -> follower.listener().accept(record));
            }
        }
    }

    void tellBookies() {
        BookieSnapshot present = snapshot();
        bookieListeners.forEach(listener -> deliveries.add(() -> listener.accept(present)));
    }

    BookieSnapshot snapshot() {
        return new BookieSnapshot(registered(false), registered(true));
    }

    private List<BookieId> registered(boolean readOnly) {
        return registrations.entrySet().stream()
                .filter(entry -> entry.getValue().readOnly() == readOnly)
                .map(Map.Entry::getKey)
                .toList();
    }

    List<BookieRecord> records() {
        TreeSet<BookieId> known = new TreeSet<>(cookies.keySet());
        known.addAll(registrations.keySet());
        return known.stream().map(this::toRecord).toList();
    }

    private BookieRecord toRecord(BookieId bookie) {
        Registered registered = registrations.get(bookie);
        if (registered == null) {
            return new BookieRecord(bookie, BookieRecord.State.DOWN, new BookieServiceInfo(List.of(), Map.of()));
        }
        return new BookieRecord(
                bookie,
                registered.readOnly() ? BookieRecord.State.READ_ONLY : BookieRecord.State.WRITABLE,
                registered.service());
    }
}
