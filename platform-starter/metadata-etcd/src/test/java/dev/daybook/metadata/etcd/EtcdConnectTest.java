package dev.daybook.metadata.etcd;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.Eventually;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Beginning and end of a store, and what it refuses. */
class EtcdConnectTest {
    private static final MetadataTimeouts PATIENT =
            new MetadataTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final MetadataTimeouts HASTY =
            new MetadataTimeouts(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** Threads that would keep a process alive, and our own. Those that all of gRPC shares end by themselves. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("daybook-metadata")
                        || (!thread.isDaemon() && thread.getName().contains("grpc")))
                .map(Thread::getName)
                .toList();
    }

    @Test
    void aServiceThatIsNotThereLeavesNothingBehind() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        MetadataUri uri = MetadataUri.parse("etcd://127.0.0.1:" + port + "/ledgers");
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> MetadataStores.connect(uri, HASTY))
                .withMessageContaining("127.0.0.1:" + port)
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_UNAVAILABLE));
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> MetadataStores.initialise(uri, HASTY));
        Eventually.that("all threads have ended", () -> threads().isEmpty());
    }

    @Test
    void aClusterIsFormattedOnlyByItsNameAndWithoutBookies() {
        try (TestEtcd etcd = new TestEtcd()) {
            MetadataAccess access = MetadataAccess.plain(etcd.uri("/ledgers"), PATIENT);
            assertThat(MetadataStores.exists(access)).isFalse();
            assertThat(MetadataStores.initialise(access)).isTrue();
            assertThat(MetadataStores.exists(access)).isTrue();
            String before;
            try (MetadataStore store = MetadataStores.connect(access)) {
                before = get(store.instanceId()).orElseThrow();
                get(store.create(ledger(7), Samples.metadata(1)));
                get(store.repairs().mark(ledger(7), Set.of(bookie("b1"))));
                get(store.registry().createCookie(bookie("b1"), new byte[] {1}));
                get(store.registry().register(bookie("b1"), false, Samples.service("127.0.0.1", 1)));
                for (String instance : List.of("another", before)) {
                    assertThatExceptionOfType(LedgerException.class)
                            .isThrownBy(() -> MetadataStores.format(access, instance))
                            .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_CONFLICT));
                }
                assertThat(get(store.ledgers(Optional.empty(), 10))).containsExactly(ledger(7));
            }
            String fresh = MetadataStores.format(access, before);
            try (MetadataStore store = MetadataStores.connect(access)) {
                assertThat(get(store.instanceId())).contains(fresh).isNotEqualTo(Optional.of(before));
                assertThat(get(store.ledgers(Optional.empty(), 10))).isEmpty();
                assertThat(get(store.bookieRecords())).isEmpty();
                assertThat(get(store.repairs().findMark(ledger(7)))).isEmpty();
                get(store.generateLedgerId());
            }
        }
    }

    @Test
    void clustersAreMadeOnceAndEndWithTheirThreads() {
        try (TestEtcd etcd = new TestEtcd()) {
            MetadataUri uri = etcd.uri("/my/ledgers");
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> MetadataStores.connect(uri, PATIENT))
                    .withMessageContaining("has no cluster at " + uri);
            assertThat(MetadataStores.initialise(uri, PATIENT)).isTrue();
            assertThat(MetadataStores.initialise(uri, PATIENT)).isFalse();
            MetadataStore store = MetadataStores.connect(uri, PATIENT);
            assertThat(threads()).isNotEmpty();
            store.close();
            Eventually.that("all threads have ended", () -> threads().isEmpty());
        }
    }
}
