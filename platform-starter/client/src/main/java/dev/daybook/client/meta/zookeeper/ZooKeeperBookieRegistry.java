package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.protocol.format.ServiceInfoFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The bookie's side of a session. */
final class ZooKeeperBookieRegistry implements BookieRegistry {
    private final MetadataTree tree;
    private final Cookies cookies;
    private final Map<BookieId, Registration> registrations = new ConcurrentHashMap<>();
    private final List<Runnable> lostListeners = new CopyOnWriteArrayList<>();

    ZooKeeperBookieRegistry(MetadataTree tree) {
        this.tree = tree;
        this.cookies = new Cookies(tree);
        tree.session().onNewSession(() -> registrations.values().forEach(Registration::restore));
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
        return registration(bookie).register(readOnly, ServiceInfoFormat.serialize(service));
    }

    @Override
    public void onRegistrationLost(Runnable listener) {
        lostListeners.add(listener);
    }

    @Override
    public CompletionStage<Void> unregister(BookieId bookie) {
        return registration(bookie).unregister();
    }

    @Override
    public CompletionStage<Boolean> initialiseCluster() {
        return new ClusterSetup(tree).initialise();
    }

    private Registration registration(BookieId bookie) {
        return registrations.computeIfAbsent(
                bookie, id -> new Registration(tree, id, () -> lostListeners.forEach(Runnable::run)));
    }
}
