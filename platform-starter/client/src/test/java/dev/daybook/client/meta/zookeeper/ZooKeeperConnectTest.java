package dev.daybook.client.meta.zookeeper;

import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static dev.daybook.client.meta.Samples.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.Eventually;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.model.LedgerLayout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connecting to clusters that are there, that are not, and that are different. */
class ZooKeeperConnectTest {
    private static TestZooKeeper zooKeeper;

    @BeforeAll
    static void startServer() {
        zooKeeper = new TestZooKeeper();
    }

    @AfterAll
    static void stopServer() {
        zooKeeper.close();
    }

    private static ZooKeeperMetadataStore connect(MetadataUri uri, Duration timeout) {
        return ZooKeeperMetadataStore.connect(uri, timeout, Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    private static ZooKeeperMetadataStore connect(MetadataUri uri) {
        return connect(uri, Duration.ofSeconds(30));
    }

    @Test
    void leavesNothingBehindWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket briefly = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = briefly.getLocalPort();
        }
        assertUnreachable(MetadataUri.parse("zk://127.0.0.1:" + port + "/ledgers"));
    }

    @Test
    void leavesNothingBehindWhenNobodyAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertUnreachable(MetadataUri.parse("zk://127.0.0.1:" + silent.getLocalPort() + "/ledgers"));
        }
    }

    @Test
    void leavesNothingBehindWhenTheHostIsUnknown() {
        assertUnreachable(MetadataUri.parse("zk://no-such-host.invalid:2181/ledgers"));
    }

    private static void assertUnreachable(MetadataUri uri) {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> connect(uri, Duration.ofMillis(500)))
                .withMessageContaining(uri.toString())
                .withMessageContaining("did not answer within 500 ms")
                .withMessageContaining("daybook.metadata-uri")
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_UNAVAILABLE));
        assertThat(threadsSince(before))
                .as("threads that keep the process alive")
                .allMatch(Thread::isDaemon);
        Eventually.that("all threads have ended", () -> threadsSince(before).isEmpty());
    }

    private static Set<Thread> threadsSince(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().contains("daybook")
                        || thread.getName().contains("SendThread")
                        || thread.getName().contains("EventThread")
                        || !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    @Test
    void saysWhenThereIsNoCluster() {
        MetadataUri uri = zooKeeper.uri("", "/nowhere/ledgers");
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> connect(uri))
                .withMessageContaining("no cluster at " + uri)
                .withMessageContaining("run the cluster initialisation");
    }

    @Test
    void initialisesOnce() {
        MetadataUri uri = zooKeeper.uri("+longhierarchical", "/once/ledgers");
        assertThat(ZooKeeperMetadataStore.initialise(uri, Duration.ofSeconds(30), Duration.ofSeconds(2)))
                .isTrue();
        assertThat(ZooKeeperMetadataStore.initialise(uri, Duration.ofSeconds(30), Duration.ofSeconds(2)))
                .isFalse();
        try (ZooKeeperMetadataStore store = connect(zooKeeper.uri("", "/once/ledgers"))) {
            assertThat(store.layout()).isEqualTo(LedgerLayout.LONG_HIERARCHICAL);
            assertThat(get(store.instanceId())).isPresent();
        }
    }

    @Test
    void refusesAnotherLayoutThanTheClusters() {
        MetadataUri flat = zooKeeper.uri("+flat", "/flat");
        ZooKeeperMetadataStore.initialise(flat, Duration.ofSeconds(30), Duration.ofSeconds(2));
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> connect(zooKeeper.uri("+hierarchical", "/flat")))
                .withMessageContaining("FLAT")
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.BAD_ARGUMENT));
    }

    @Test
    void completesWhatAnInterruptedInitialisationLeftOut() throws Exception {
        MetadataUri uri = zooKeeper.uri("", "/half");
        ZooKeeperMetadataStore.initialise(uri, Duration.ofSeconds(30), Duration.ofSeconds(2));
        try (TestZooKeeper.Client client = zooKeeper.client()) {
            client.nodes().delete("/half/LAYOUT", -1);
            client.nodes().delete("/half/available/readonly", -1);
            connect(uri).close();
            assertThat(client.nodes().exists("/half/LAYOUT", false)).isNotNull();
            assertThat(client.nodes().exists("/half/available/readonly", false)).isNotNull();
            client.nodes().setData("/half/LAYOUT", new byte[] {'9'}, -1);
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> connect(uri))
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_CORRUPT));
        }
    }

    @Test
    void namesTheLedgerWhoseRecordIsUnreadable() throws Exception {
        MetadataUri uri = zooKeeper.uri("", "/corrupt");
        ZooKeeperMetadataStore.initialise(uri, Duration.ofSeconds(30), Duration.ofSeconds(2));
        try (ZooKeeperMetadataStore store = connect(uri);
                TestZooKeeper.Client client = zooKeeper.client()) {
            get(store.create(ledger(5), metadata(1)));
            client.nodes().setData("/corrupt/00/0000/L0005", new byte[] {1}, -1);
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> get(store.read(ledger(5))))
                    .withMessageContaining("ledger 5")
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_CORRUPT));
        }
    }

    @Test
    void switchesToLongIdsWhenShortOnesRunOut() throws Exception {
        MetadataUri uri = zooKeeper.uri("", "/ids");
        ZooKeeperMetadataStore.initialise(uri, Duration.ofSeconds(30), Duration.ofSeconds(2));
        try (ZooKeeperMetadataStore store = connect(uri);
                ZooKeeperMetadataStore other = connect(uri)) {
            assertThat(get(store.generateLedgerId())).isEqualTo(ledger(0));
            assertThat(get(other.generateLedgerId()).value()).isPositive();
            Eventually.that("short ids run out", () -> {
                jump("/ids/idgen");
                return get(store.generateLedgerId()).equals(ledger(4_294_967_296L));
            });
            assertThat(get(store.generateLedgerId()).value()).isGreaterThan(4_294_967_296L);
            assertThat(get(other.generateLedgerId()).value()).isGreaterThan(4_294_967_296L);
            for (int high = 1; high <= 4; high++) {
                exhaust(store, high);
            }
            try (TestZooKeeper.Client client = zooKeeper.client()) {
                assertThat(client.nodes().getChildren("/ids/idgen-long", false))
                        .containsExactlyInAnyOrder("HOB-0000000003", "HOB-0000000004", "HOB-0000000005");
            }
        }
    }

    /** A removal that is still under way may set the counter back, so this may take more than one jump. */
    private static void exhaust(ZooKeeperMetadataStore store, int high) {
        Eventually.that("ids continue above " + high, () -> {
            jump("/ids/idgen-long/HOB-000000000" + high);
            return get(store.generateLedgerId()).value() >>> 32 == high + 1L;
        });
    }

    private static void jump(String counter) {
        try {
            zooKeeper.jumpCounter(counter, Integer.MAX_VALUE);
        } catch (KeeperException.NoNodeException e) {
            throw new AssertionError(e);
        }
    }
}
