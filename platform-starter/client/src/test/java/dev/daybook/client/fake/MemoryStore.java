package dev.daybook.client.fake;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The metadata service of a test: maps under one lock, answered at once. Several clients may share it. */
public final class MemoryStore implements MetadataStore {
    private final TreeMap<Long, Versioned<LedgerMetadata>> ledgers = new TreeMap<>();
    private final Map<BookieId, BookieAddress> bookies = new TreeMap<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final List<Consumer<BookieSnapshot>> bookieWatches = new CopyOnWriteArrayList<>();
    private long lastLedgerId = -1;
    private long lastVersion = -1;
    private boolean out;

    private record Watch(long ledgerId, Consumer<Optional<Versioned<LedgerMetadata>>> listener) {}

    /** Registers a bookie as writable. */
    public synchronized void add(FakeBookie bookie) {
        bookies.put(bookie.id(), new BookieAddress("127.0.0.1", bookie.port()));
        bookieWatches.forEach(listener -> listener.accept(bookies()));
    }

    public synchronized void remove(BookieId bookie) {
        bookies.remove(bookie);
        bookieWatches.forEach(listener -> listener.accept(bookies()));
    }

    /** While out, every call fails. */
    public synchronized void outage(boolean now) {
        out = now;
    }

    /** The record as stored. */
    public synchronized LedgerMetadata metadata(LedgerId ledger) {
        return ledgers.get(ledger.value()).value();
    }

    private synchronized <T> CompletionStage<T> answer(Supplier<T> question) {
        return out
                ? CompletableFuture.failedStage(new LedgerException(Reason.METADATA_UNAVAILABLE, "The store is out."))
                : CompletableFuture.completedStage(question.get());
    }

    @Override
    public CompletionStage<LedgerId> generateLedgerId() {
        return answer(() -> new LedgerId(++lastLedgerId));
    }

    @Override
    public CompletionStage<CreateOutcome> create(LedgerId ledger, LedgerMetadata metadata) {
        return answer(() -> {
            if (ledgers.containsKey(ledger.value())) {
                return new CreateOutcome.Exists();
            }
            put(ledger.value(), metadata);
            return new CreateOutcome.Created(lastVersion);
        });
    }

    private void put(long ledgerId, LedgerMetadata metadata) {
        lastVersion++;
        Versioned<LedgerMetadata> record = new Versioned<>(metadata, lastVersion);
        ledgers.put(ledgerId, record);
        tell(ledgerId, Optional.of(record));
    }

    private void tell(long ledgerId, Optional<Versioned<LedgerMetadata>> record) {
        for (Watch watch : watches) {
            if (watch.ledgerId() == ledgerId) {
                watch.listener().accept(record);
            }
        }
    }

    @Override
    public CompletionStage<Optional<Versioned<LedgerMetadata>>> read(LedgerId ledger) {
        return answer(() -> Optional.ofNullable(ledgers.get(ledger.value())));
    }

    @Override
    public CompletionStage<SwapOutcome> swap(LedgerId ledger, LedgerMetadata metadata, long expectedVersion) {
        return answer(() -> {
            Versioned<LedgerMetadata> stored = ledgers.get(ledger.value());
            if (stored == null) {
                return new SwapOutcome.NoSuchLedger();
            }
            if (stored.version() != expectedVersion) {
                return new SwapOutcome.Conflict();
            }
            put(ledger.value(), metadata);
            return new SwapOutcome.Swapped(lastVersion);
        });
    }

    @Override
    public CompletionStage<Void> delete(LedgerId ledger) {
        return answer(() -> {
            ledgers.remove(ledger.value());
            tell(ledger.value(), Optional.empty());
            return null;
        });
    }

    @Override
    public synchronized Subscription watch(LedgerId ledger, Consumer<Optional<Versioned<LedgerMetadata>>> listener) {
        Watch watch = new Watch(ledger.value(), listener);
        watches.add(watch);
        listener.accept(Optional.ofNullable(ledgers.get(ledger.value())));
        return () -> watches.remove(watch);
    }

    @Override
    public CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit) {
        return answer(() -> ledgers.tailMap(after.map(LedgerId::value).orElse(-1L), false).keySet().stream()
                .limit(limit)
                .map(LedgerId::new)
                .toList());
    }

    @Override
    public synchronized BookieSnapshot bookies() {
        return new BookieSnapshot(List.copyOf(bookies.keySet()), List.of());
    }

    @Override
    public synchronized Subscription watchBookies(Consumer<BookieSnapshot> listener) {
        bookieWatches.add(listener);
        listener.accept(bookies());
        return () -> bookieWatches.remove(listener);
    }

    @Override
    public CompletionStage<List<BookieRecord>> bookieRecords() {
        return answer(() -> bookies.keySet().stream()
                .map(id ->
                        new BookieRecord(id, BookieRecord.State.WRITABLE, new BookieServiceInfo(List.of(), Map.of())))
                .toList());
    }

    @Override
    public CompletionStage<Optional<BookieAddress>> resolve(BookieId bookie) {
        return answer(() -> Optional.ofNullable(bookies.get(bookie)));
    }

    @Override
    public CompletionStage<List<UnderReplicatedLedger>> underReplicated(int limit) {
        return answer(List::of);
    }

    @Override
    public CompletionStage<Optional<String>> auditor() {
        return answer(Optional::empty);
    }

    @Override
    public CompletionStage<Boolean> autoRecoveryEnabled() {
        return answer(() -> true);
    }

    @Override
    public CompletionStage<Optional<String>> instanceId() {
        return answer(() -> Optional.of("test"));
    }

    @Override
    public BookieRegistry registry() {
        throw new UnsupportedOperationException("no test client is a bookie");
    }

    /** Shared by the clients of a test, so closing one changes nothing. */
    @Override
    public void close() {}
}
