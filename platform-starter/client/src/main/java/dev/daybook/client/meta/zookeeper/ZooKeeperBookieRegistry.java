package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.session.Registrations;
import dev.daybook.protocol.format.ServiceInfoFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The bookie's side of a session. */
final class ZooKeeperBookieRegistry implements BookieRegistry {
    private final MetadataTree tree;
    private final Cookies cookies;
    private final Registrations registrations;

    ZooKeeperBookieRegistry(MetadataTree tree) {
        this.tree = tree;
        this.cookies = new Cookies(tree);
        this.registrations = new Registrations(tree.session().loop(), bookie -> new BookieNodes(tree, bookie));
        tree.session().onNewSession(registrations::restore);
    }

    @Override
    public CompletionStage<Optional<Versioned<byte[]>>> readCookie(BookieId bookie) {
        return cookies.read(bookie);
    }

    @Override
    public CompletionStage<Boolean> createCookie(BookieId bookie, byte[] cookie) {
        return cookies.create(bookie, cookie);
    }

    @Override
    public CompletionStage<Boolean> updateCookie(BookieId bookie, byte[] cookie, long expectedVersion) {
        return cookies.update(bookie, cookie, expectedVersion);
    }

    @Override
    public CompletionStage<Boolean> deleteCookie(BookieId bookie, long expectedVersion) {
        return cookies.delete(bookie, expectedVersion);
    }

    @Override
    public CompletionStage<Void> register(BookieId bookie, boolean readOnly, BookieServiceInfo service) {
        return registrations.register(bookie, readOnly, ServiceInfoFormat.serialize(service));
    }

    @Override
    public void onRegistrationLost(Runnable listener) {
        registrations.onLost(listener);
    }

    @Override
    public CompletionStage<Void> unregister(BookieId bookie) {
        return registrations.unregister(bookie);
    }

    @Override
    public CompletionStage<Boolean> initialiseCluster() {
        return new ClusterSetup(tree).initialise();
    }
}
