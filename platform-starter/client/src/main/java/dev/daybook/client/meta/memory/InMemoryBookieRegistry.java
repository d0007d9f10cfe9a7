package dev.daybook.client.meta.memory;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The bookie's side of an in-memory session. Registrations are never lost, and nobody is waited for. */
final class InMemoryBookieRegistry implements BookieRegistry {
    private final InMemoryMetadataStore store;
    private final InMemoryCluster cluster;

    InMemoryBookieRegistry(InMemoryMetadataStore store, InMemoryCluster cluster) {
        this.store = store;
        this.cluster = cluster;
    }

    @Override
    public CompletionStage<Optional<Versioned<byte[]>>> readCookie(BookieId bookie) {
        return store.locked(() -> Optional.ofNullable(cluster.cookies.get(bookie))
                .map(stored -> new Versioned<>(stored.value().clone(), stored.version())));
    }

    @Override
    public CompletionStage<Boolean> createCookie(BookieId bookie, byte[] cookie) {
        return store.locked(() -> cluster.cookies.putIfAbsent(bookie, new Versioned<>(cookie.clone(), 0L)) == null);
    }

    @Override
    public CompletionStage<Boolean> updateCookie(BookieId bookie, byte[] cookie, long expectedVersion) {
        return store.locked(() -> {
            boolean expected = isStored(bookie, expectedVersion);
            if (expected) {
                cluster.cookies.put(bookie, new Versioned<>(cookie.clone(), expectedVersion + 1));
            }
            return expected;
        });
    }

    @Override
    public CompletionStage<Boolean> deleteCookie(BookieId bookie, long expectedVersion) {
        return store.locked(() -> isStored(bookie, expectedVersion) && cluster.cookies.remove(bookie) != null);
    }

    private boolean isStored(BookieId bookie, long version) {
        Versioned<byte[]> stored = cluster.cookies.get(bookie);
        return stored != null && stored.version() == version;
    }

    @Override
    public CompletionStage<Void> register(BookieId bookie, boolean readOnly, BookieServiceInfo service) {
        return store.locked(() -> {
                    InMemoryCluster.Registered present = cluster.registrations.get(bookie);
                    if (present != null && present.owner() != store) {
                        throw new LedgerException(
                                Reason.METADATA_CONFLICT,
                                "Another process is registered as bookie " + bookie
                                        + "; stop it, or give this bookie an id of its own.");
                    }
                    if (present == null || present.readOnly() != readOnly) {
                        cluster.registrations.put(bookie, new InMemoryCluster.Registered(store, readOnly, service));
                        cluster.tellBookies();
                    }
                    return bookie;
                })
                .thenAccept(registered -> {});
    }

    @Override
    public void onRegistrationLost(Runnable listener) {
        // There is no session that could be lost.
    }

    @Override
    public CompletionStage<Void> unregister(BookieId bookie) {
        return store.locked(() -> {
                    InMemoryCluster.Registered present = cluster.registrations.get(bookie);
                    if (present != null && present.owner() == store) {
                        cluster.registrations.remove(bookie);
                        cluster.tellBookies();
                    }
                    return bookie;
                })
                .thenAccept(unregistered -> {});
    }

    /** The cluster exists as soon as its first store does. */
    @Override
    public CompletionStage<Boolean> initialiseCluster() {
        return store.locked(() -> false);
    }
}
