package dev.daybook.client.meta.memory;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.repair.CommonRepairStore;
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
    private final CommonRepairStore repairs;
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
        this.repairs = new CommonRepairStore(
                new InMemoryRepairs(this, cluster.repair), new InMemoryElection(this, cluster), cluster.clockMillis);
    }

    /** Another session with the same cluster. */
    public InMemoryMetadataStore another() {
        return new InMemoryMetadataStore(cluster);
    }

    /**
     * Ends this store's session as a service does that has not heard of a process for too long: its locks are free, it
     * is the auditor no more, and stands for election again. Registrations are never lost.
     */
    public void loseSession() {
        synchronized (cluster) {
            cluster.repair.endSession(this);
        }
        repairs.sessionReplaced();
        cluster.deliveries.drain();
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
        return follow(
                cluster.ledgerListeners,
                new InMemoryCluster.LedgerListener(ledger, follower),
                follower,
                () -> Optional.ofNullable(cluster.ledgers.get(ledger)).map(InMemoryCluster.Stored::parse));
    }

    /** Adds one to those who are told of something and tells it the present state; closing takes it out again. */
    <E, T> Subscription follow(List<E> followers, E entry, Silenced<T> follower, Supplier<T> present) {
        synchronized (cluster) {
            followers.add(entry);
            T state = present.get();
            cluster.deliveries.add(() -> follower.accept(state));
        }
        cluster.deliveries.drain();
        return () -> {
            follower.silent = true;
            synchronized (cluster) {
                followers.remove(entry);
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
        return follow(cluster.bookieListeners, follower, follower, cluster::snapshot);
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
    public CompletionStage<Optional<String>> instanceId() {
        return locked(() -> cluster.instanceId);
    }

    @Override
    public RecordStore records() {
        return records;
    }

    @Override
    public RepairStore repairs() {
        return repairs;
    }

    @Override
    public BookieRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        closed = true;
        synchronized (cluster) {
            cluster.repair.close(this);
            if (cluster.registrations.values().removeIf(registered -> registered.owner() == this)) {
                cluster.tellBookies();
            }
        }
        cluster.deliveries.drain();
    }
}
