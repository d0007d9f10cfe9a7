package dev.daybook.client.meta.memory;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.format.LedgerMetadataFormat;
import dev.daybook.protocol.format.ServiceInfoFormat;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A metadata store without a service behind it. Thread-safe, without threads: stages are complete when they are
 * returned and listeners are called on the thread that made the change. Each store is one session; {@link #another()}
 * opens a further one on the same cluster, and closing a store ends its registrations.
 */
public final class InMemoryMetadataStore implements MetadataStore {
    private final InMemoryCluster cluster;
    private final BookieRegistry registry;
    private final RecordStore records;
    private volatile boolean closed;

    /** The first store of a new, initialised cluster. */
    public InMemoryMetadataStore() {
        this(InMemoryCluster.create());
    }

    /** The first store of a new cluster without hidden input. */
    public InMemoryMetadataStore(LongSupplier clockMillis, String instanceId) {
        this(new InMemoryCluster(clockMillis, instanceId));
    }

    private InMemoryMetadataStore(InMemoryCluster cluster) {
        this.cluster = cluster;
        this.registry = new InMemoryBookieRegistry(this, cluster);
        this.records = new InMemoryRecords(this, cluster);
    }

    /** Another session with the same cluster. */
    public InMemoryMetadataStore another() {
        return new InMemoryMetadataStore(cluster);
    }

    /** Marks a ledger as an auditor would. */
    public void mark(UnderReplicatedLedger mark) {
        synchronized (cluster) {
            cluster.marks.put(mark.ledger(), mark);
        }
    }

    /** Removes a mark as a worker would after the repair. */
    public void unmark(LedgerId ledger) {
        synchronized (cluster) {
            cluster.marks.remove(ledger);
        }
    }

    /** Elects an auditor, or none. */
    public void elect(Optional<String> auditor) {
        synchronized (cluster) {
            cluster.auditor = auditor;
        }
    }

    /** Switches automatic repair on or off. */
    public void enableAutoRecovery(boolean enabled) {
        synchronized (cluster) {
            cluster.autoRecoveryEnabled = enabled;
        }
    }

    /** Does something under the cluster's lock, then calls the listeners that it concerns. */
    <T> CompletionStage<T> locked(Supplier<T> action) {
        if (closed) {
            return CompletableFuture.failedFuture(
                    new LedgerException(Reason.CLIENT_CLOSED, "The metadata store has been closed."));
        }
        T result;
        synchronized (cluster) {
            try {
                result = action.get();
            } catch (LedgerException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        cluster.deliveries.drain();
        return CompletableFuture.completedFuture(result);
    }

    @Override
    public CompletionStage<LedgerId> generateLedgerId() {
        return locked(cluster::nextLedgerId);
    }

    @Override
    public CompletionStage<CreateOutcome> create(LedgerId ledger, LedgerMetadata metadata) {
        return locked(() -> {
            InMemoryCluster.Stored stored = cluster.ledgers.get(ledger);
            if (stored == null) {
                put(ledger, metadata, 0, cluster.clockMillis.getAsLong());
                return new CreateOutcome.Created(0);
            }
            boolean own = metadata.formatVersion() == 3
                    && metadata.creationToken() != 0
                    && metadata.creationToken() == stored.parse().value().creationToken();
            return own ? new CreateOutcome.Created(stored.version()) : new CreateOutcome.Exists();
        });
    }

    private void put(LedgerId ledger, LedgerMetadata metadata, long version, long createdMillis) {
        cluster.ledgers.put(
                ledger, new InMemoryCluster.Stored(LedgerMetadataFormat.serialize(metadata), version, createdMillis));
        cluster.tellLedger(ledger);
    }

    @Override
    public CompletionStage<Optional<Versioned<LedgerMetadata>>> read(LedgerId ledger) {
        return locked(() -> Optional.ofNullable(cluster.ledgers.get(ledger)).map(InMemoryCluster.Stored::parse));
    }

    @Override
    public CompletionStage<SwapOutcome> swap(LedgerId ledger, LedgerMetadata metadata, long expectedVersion) {
        return locked(() -> {
            InMemoryCluster.Stored stored = cluster.ledgers.get(ledger);
            if (stored == null) {
                return new SwapOutcome.NoSuchLedger();
            }
            if (stored.version() != expectedVersion) {
                return new SwapOutcome.Conflict();
            }
            put(ledger, metadata, expectedVersion + 1, stored.createdMillis());
            return new SwapOutcome.Swapped(expectedVersion + 1);
        });
    }

    @Override
    public CompletionStage<Void> delete(LedgerId ledger) {
        return locked(() -> {
                    if (cluster.ledgers.remove(ledger) != null) {
                        cluster.tellLedger(ledger);
                    }
                    return ledger;
                })
                .thenAccept(deleted -> {});
    }

    @Override
    public Subscription watch(LedgerId ledger, Consumer<Optional<Versioned<LedgerMetadata>>> listener) {
        Silenced<Optional<Versioned<LedgerMetadata>>> follower = new Silenced<>(listener);
        InMemoryCluster.LedgerListener entry = new InMemoryCluster.LedgerListener(ledger, follower);
        synchronized (cluster) {
            cluster.ledgerListeners.add(entry);
            Optional<Versioned<LedgerMetadata>> record =
                    Optional.ofNullable(cluster.ledgers.get(ledger)).map(InMemoryCluster.Stored::parse);
            cluster.deliveries.add(() -> follower.accept(record));
        }
        cluster.deliveries.drain();
        return () -> {
            follower.silent = true;
            synchronized (cluster) {
                cluster.ledgerListeners.remove(entry);
            }
        };
    }

    @Override
    public CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit) {
        return locked(() -> {
            NavigableMap<LedgerId, InMemoryCluster.Stored> rest =
                    after.isPresent() ? cluster.ledgers.tailMap(after.get(), false) : cluster.ledgers;
            return rest.keySet().stream().limit(Math.max(0, limit)).toList();
        });
    }

    @Override
    public BookieSnapshot bookies() {
        synchronized (cluster) {
            return cluster.snapshot();
        }
    }

    @Override
    public Subscription watchBookies(Consumer<BookieSnapshot> listener) {
        Silenced<BookieSnapshot> follower = new Silenced<>(listener);
        synchronized (cluster) {
            cluster.bookieListeners.add(follower);
            BookieSnapshot present = cluster.snapshot();
            cluster.deliveries.add(() -> follower.accept(present));
        }
        cluster.deliveries.drain();
        return () -> {
            follower.silent = true;
            synchronized (cluster) {
                cluster.bookieListeners.remove(follower);
            }
        };
    }

    /** A listener that hears nothing more once it is silenced, whatever is still on its way, or its store closed. */
    final class Silenced<T> implements Consumer<T> {
        private final Consumer<T> listener;
        volatile boolean silent;

        Silenced(Consumer<T> listener) {
            this.listener = listener;
        }

        @Override
        public void accept(T news) {
            if (!silent && !closed) {
                listener.accept(news);
            }
        }
    }

    @Override
    public CompletionStage<List<BookieRecord>> bookieRecords() {
        return locked(cluster::records);
    }

    @Override
    public CompletionStage<Optional<BookieAddress>> resolve(BookieId bookie) {
        return locked(() -> Optional.ofNullable(cluster.registrations.get(bookie))
                .flatMap(registered -> registered.service().endpoints().stream()
                        .filter(endpoint -> endpoint.protocol().equals(BookieEndpoint.BOOKIE_RPC))
                        .findFirst())
                .or(() -> ServiceInfoFormat.addressOf(bookie))
                .map(endpoint -> new BookieAddress(endpoint.host(), endpoint.port())));
    }

    @Override
    public CompletionStage<List<UnderReplicatedLedger>> underReplicated(int limit) {
        return locked(() -> cluster.marks.values().stream()
                .limit(Math.max(0, limit))
                .map(this::withLock)
                .toList());
    }

    @Override
    public CompletionStage<Void> markUnderReplicated(LedgerId ledger, BookieId lost) {
        return locked(() -> cluster.mark(ledger, lost)).thenAccept(marked -> {});
    }

    private UnderReplicatedLedger withLock(UnderReplicatedLedger mark) {
        InMemoryCluster.Lock lock = cluster.locks.get(mark.ledger());
        return lock == null
                ? mark
                : new UnderReplicatedLedger(
                        mark.ledger(), mark.missing(), mark.markedMillis(), Optional.of(lock.holder()));
    }

    @Override
    public CompletionStage<Optional<LedgerLock>> lock(LedgerId ledger, String holder) {
        return locked(() -> {
            InMemoryCluster.Lock lock = new InMemoryCluster.Lock(this, holder);
            return cluster.locks.putIfAbsent(ledger, lock) == null
                    ? Optional.of(() -> release(ledger))
                    : Optional.empty();
        });
    }

    private CompletionStage<Void> release(LedgerId ledger) {
        return locked(() -> cluster.locks.computeIfPresent(ledger, (id, lock) -> lock.owner() == this ? null : lock))
                .thenAccept(released -> {});
    }

    @Override
    public CompletionStage<Optional<String>> auditor() {
        return locked(() -> cluster.auditor);
    }

    @Override
    public CompletionStage<Boolean> autoRecoveryEnabled() {
        return locked(() -> cluster.autoRecoveryEnabled);
    }

    @Override
    public CompletionStage<Optional<String>> instanceId() {
        return locked(() -> cluster.instanceId);
    }

    @Override
    public RecordStore records() {
        return records;
    }

    @Override
    public BookieRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        closed = true;
        synchronized (cluster) {
            cluster.locks.values().removeIf(lock -> lock.owner() == this);
            if (cluster.registrations.values().removeIf(registered -> registered.owner() == this)) {
                cluster.tellBookies();
            }
        }
        cluster.deliveries.drain();
    }
}
