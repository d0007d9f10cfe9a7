package dev.daybook.client.meta.zookeeper;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left of a tree after it was formatted, as the reference leaves it. */
class ClusterFormatTest {
    private final TestZooKeeper zooKeeper = new TestZooKeeper();
    private final TestZooKeeper.Client peer = zooKeeper.client();
    private final MetadataAccess access = MetadataAccess.plain(
            zooKeeper.uri("", "/ledgers"),
            new MetadataTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(30)));

    @AfterEach
    void close() {
        peer.close();
        zooKeeper.close();
    }

    private void put(String path, CreateMode mode) throws Exception {
        peer.nodes().create("/ledgers" + path, new byte[] {1}, ZooDefs.Ids.OPEN_ACL_UNSAFE, mode);
    }

    private Set<String> children(String path) throws Exception {
        return new TreeSet<>(peer.nodes().getChildren("/ledgers" + path, false));
    }

    private String instance() throws Exception {
        return new String(peer.nodes().getData("/ledgers/INSTANCEID", false, null), StandardCharsets.UTF_8);
    }

    private void refused(String instance, String why) {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> MetadataStores.format(access, instance))
                .withMessageContaining(why)
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_CONFLICT));
    }

    @Test
    void onlyWhatTheReferenceLeavesIsLeft() throws Exception {
        assertThat(MetadataStores.exists(access)).isFalse();
        assertThat(MetadataStores.initialise(access)).isTrue();
        assertThat(MetadataStores.exists(access)).isTrue();
        String before = instance();
        byte[] layout = peer.nodes().getData("/ledgers/LAYOUT", false, null);
        for (String path : List.of(
                "/00",
                "/00/0000",
                "/00/0000/L0001",
                "/000",
                "/000/0000",
                "/000/0000/L0001",
                "/L0000000007",
                "/idgen",
                "/idgen-long",
                "/idgen-long/HOB-0000000000",
                "/cookies",
                "/cookies/b1:3181",
                "/disableHealthCheck",
                "/somebody-elses")) {
            put(path, CreateMode.PERSISTENT);
        }
        try (ZooKeeperMetadataStore store = (ZooKeeperMetadataStore) MetadataStores.connect(access)) {
            get(store.repairs().mark(ledger(5), Set.of(bookie("b1:3181"))));
            get(store.repairs().setEnabled(false));
        }
        refused("another", before);
        put("/available/b1:3181", CreateMode.PERSISTENT);
        refused(before, "b1:3181");
        peer.nodes().delete("/ledgers/available/b1:3181", -1);
        put("/available/readonly/b2:3181", CreateMode.PERSISTENT);
        refused(before, "b2:3181");
        peer.nodes().delete("/ledgers/available/readonly/b2:3181", -1);
        assertThat(instance()).isEqualTo(before);

        String fresh = MetadataStores.format(access, before);
        assertThat(instance()).isEqualTo(fresh).hasSize(36).isNotEqualTo(before);
        assertThat(children(""))
                .containsExactly(
                        "INSTANCEID",
                        "LAYOUT",
                        "available",
                        "disableHealthCheck",
                        "somebody-elses",
                        "underreplication");
        assertThat(children("/underreplication")).containsExactly("LAYOUT", "disable");
        assertThat(children("/available")).containsExactly("readonly");
        assertThat(peer.nodes().getData("/ledgers/LAYOUT", false, null)).isEqualTo(layout);
        try (ZooKeeperMetadataStore store = (ZooKeeperMetadataStore) MetadataStores.connect(access)) {
            assertThat(get(store.bookieRecords())).isEmpty();
            get(store.repairs().mark(ledger(5), Set.of(bookie("b1:3181"))));
            get(store.generateLedgerId());
        }
    }
}
