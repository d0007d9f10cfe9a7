package dev.daybook.interop;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.zookeeper.ZooKeeperMetadataStore;
import dev.daybook.protocol.model.BookieEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a cluster needs before clients come: its root, and enough bookies that take entries. */
final class ClusterSetUp {
    private ClusterSetUp() {}

    static void initialise(String uri) {
        try (MetadataStore store = ZooKeeperMetadataStore.connectOrInitialise(
                MetadataUri.parse(uri), Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(10))) {
            store.bookies();
        }
    }

    static void awaitWritable(String uri, int count, Duration timeout) {
        CountDownLatch enough = new CountDownLatch(1);
        try (MetadataStore store = ZooKeeperMetadataStore.connect(
                        MetadataUri.parse(uri),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10));
                MetadataStore.Subscription watch = store.watchBookies(snapshot -> {
                    if (snapshot.writable().size() >= count) {
                        enough.countDown();
                    }
                })) {
            if (!enough.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("fewer than " + count + " writable bookies within " + timeout + ": "
                        + store.bookies() + " " + watch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the only bookie says of its endpoint for clients. */
    static List<String> extensions(String uri) {
        try (MetadataStore store = ZooKeeperMetadataStore.connect(
                MetadataUri.parse(uri), Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(10))) {
            return OurClient.await(store.bookieRecords()).get(0).service().endpoints().stream()
                    .filter(endpoint -> endpoint.protocol().equals(BookieEndpoint.BOOKIE_RPC))
                    .flatMap(endpoint -> endpoint.extensions().stream())
                    .toList();
        }
    }

    /** Waits until no bookie is registered any more. */
    static void awaitGone(String uri, Duration timeout) {
        CountDownLatch gone = new CountDownLatch(1);
        try (MetadataStore store = ZooKeeperMetadataStore.connect(
                        MetadataUri.parse(uri),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10));
                MetadataStore.Subscription watch = store.watchBookies(snapshot -> {
                    if (snapshot.writable().isEmpty() && snapshot.readOnly().isEmpty()) {
                        gone.countDown();
                    }
                })) {
            if (!gone.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still registered after " + timeout + ": " + store.bookies() + " " + watch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
