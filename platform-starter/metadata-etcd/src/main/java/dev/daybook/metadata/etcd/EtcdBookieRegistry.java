package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.session.Registrations;
import dev.daybook.protocol.format.ServiceInfoFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The bookie's side of a session. */
final class EtcdBookieRegistry implements BookieRegistry {
    private final Keyspace keyspace;
    private final Cookies cookies;
    private final Registrations registrations;

    EtcdBookieRegistry(Keyspace keyspace) {
        this.keyspace = keyspace;
        this.cookies = new Cookies(keyspace);
        this.registrations = new Registrations(keyspace.session().loop(), bookie -> new BookieKeys(keyspace, bookie));
        keyspace.session().lease().onReplaced(registrations::restore);
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
        return clean(registrations.register(bookie, readOnly, ServiceInfoFormat.serialize(service)));
    }

    @Override
    public void onRegistrationLost(Runnable listener) {
        registrations.onLost(listener);
    }

    @Override
    public CompletionStage<Void> unregister(BookieId bookie) {
        return clean(registrations.unregister(bookie));
    }

    @Override
    public CompletionStage<Boolean> initialiseCluster() {
        return clean(new ClusterSetup(keyspace).initialise());
    }

    private <T> CompletionStage<T> clean(CompletableFuture<T> stage) {
        return keyspace.session().withPublicFailures(stage);
    }
}
