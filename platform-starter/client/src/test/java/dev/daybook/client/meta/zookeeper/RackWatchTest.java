package dev.daybook.client.meta.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.Eventually;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.model.BookieId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.Test;

/** Network locations as other clients of a cluster store them. */
class RackWatchTest {
    private static final BookieId BOOKIE = new BookieId("bookie1:3181");

    private final List<Map<BookieId, String>> heard = new CopyOnWriteArrayList<>();

    private void awaitLast(Map<BookieId, String> expected) {
        Eventually.that(
                "heard " + expected,
                () -> !heard.isEmpty() && heard.get(heard.size() - 1).equals(expected));
    }

    private static byte[] rack(String rack) {
        return ("{\"default\":{\"bookie1:3181\":{\"rack\":\"" + rack + "\"}}}").getBytes(UTF_8);
    }

    private static void create(TestZooKeeper.Client client, byte[] bytes) throws Exception {
        client.nodes().create("/bookies", bytes, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    @Test
    void locationsAreFollowedFromNothingOn() throws Exception {
        try (TestZooKeeper server = new TestZooKeeper();
                TestZooKeeper.Client other = server.client();
                MetadataStore store = ZooKeeperMetadataStore.connectOrInitialise(
                        server.uri("", "/ledgers"),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30));
                MetadataStore.Subscription watch = store.watchLocations(heard::add)) {
            assertThat(watch).isNotNull();
            awaitLast(Map.of());
            create(other, rack("/r1"));
            awaitLast(Map.of(BOOKIE, "/r1"));
            other.nodes().setData("/bookies", "no JSON".getBytes(UTF_8), -1);
            other.nodes().setData("/bookies", rack("/r2"), -1);
            awaitLast(Map.of(BOOKIE, "/r2"));
            other.nodes().delete("/bookies", -1);
            awaitLast(Map.of());
            create(other, rack("/r3"));
            awaitLast(Map.of(BOOKIE, "/r3"));
        }
    }
}
