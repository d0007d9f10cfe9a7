package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.protocol.format.ServiceInfoFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The bookie's side of a session. */
final class EtcdBookieRegistry implements BookieRegistry {
    private final Keyspace keyspace;
    private final Cookies cookies;
    private final Map<BookieId, Registration> registrations = new ConcurrentHashMap<>();
    private final List<Runnable> lostListeners = new CopyOnWriteArrayList<>();

    EtcdBookieRegistry(Keyspace keyspace) {
        this.keyspace = keyspace;
        this.cookies = new Cookies(keyspace);
        keyspace.session().lease().onReplaced(() -> registrations.values().forEach(Registration::restore));
    }

    @Override
    public CompletionStage<Optional<Versioned<byte[]>>> readCookie(BookieId bookie) {
        return clean(cookies.read(bookie));
    }

    @Override
    public CompletionStage<Boolean> createCookie(BookieId bookie, byte[] cookie) {
        return clean(cookies.create(bookie, cookie));
    }

    @Override
    public CompletionStage<Boolean> updateCookie(BookieId bookie, byte[] cookie, long expectedVersion) {
        return clean(cookies.update(bookie, cookie, expectedVersion));
    }

    @Override
    public CompletionStage<Boolean> deleteCookie(BookieId bookie, long expectedVersion) {
        return clean(cookies.delete(bookie, expectedVersion));
    }

    @Override
    public CompletionStage<Void> register(BookieId bookie, boolean readOnly, BookieServiceInfo service) {
        return clean(registration(bookie).register(readOnly, ServiceInfoFormat.serialize(service)));
    }

    @Override
    public void onRegistrationLost(Runnable listener) {
        lostListeners.add(listener);
    }

    @Override
    public CompletionStage<Void> unregister(BookieId bookie) {
        return clean(registration(bookie).unregister());
    }

    @Override
    public CompletionStage<Boolean> initialiseCluster() {
        return clean(new ClusterSetup(keyspace).initialise());
    }

    private <T> CompletionStage<T> clean(CompletableFuture<T> stage) {
        return keyspace.session().withPublicFailures(stage);
    }

    private Registration registration(BookieId bookie) {
        return registrations.computeIfAbsent(
                bookie, id -> new Registration(keyspace, id, () -> lostListeners.forEach(Runnable::run)));
    }
}
