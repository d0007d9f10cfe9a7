package dev.daybook.client.meta.zookeeper;

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
import dev.daybook.client.security.Certificates;
import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.client.security.Secret;
import dev.daybook.client.security.TlsConfig;
import dev.daybook.protocol.model.LedgerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.server.NettyServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.auth.X509AuthenticationProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A ZooKeeper that speaks TLS only, asks for certificates, and knows users. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecureZooKeeperTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final MetadataTimeouts PATIENT = new MetadataTimeouts(LONG, Duration.ofSeconds(5), LONG);
    private static final MetadataTimeouts HASTY =
            new MetadataTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(2));

    private Path folder = Path.of("");
    private Certificates alice = new Certificates(folder, folder);
    private Certificates service = alice;
    private ZooKeeperServer server = new ZooKeeperServer();
    private ServerCnxnFactory connections;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        service = Certificates.make(folder, "service", "ip:127.0.0.1,dns:localhost");
        alice = Certificates.make(folder, "alice", "dns:alice.example");
        Path both = Files.writeString(
                folder.resolve("both.pem"), Files.readString(service.key()) + Files.readString(service.certificate()));
        settings(both).forEach(System::setProperty);
        server = new ZooKeeperServer(folder.toFile(), folder.toFile(), 500);
        connections = ServerCnxnFactory.createFactory();
        connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100, -1, true);
        connections.startup(server);
    }

    /** The server reads them each time somebody comes. */
    private Map<String, String> settings(Path keyAndCertificate) {
        return Map.of(
                "zookeeper.serverCnxnFactory", NettyServerCnxnFactory.class.getName(),
                "zookeeper.authProvider.x509", X509AuthenticationProvider.class.getName(),
                "zookeeper.ssl.keyStore.location", keyAndCertificate.toString(),
                "zookeeper.ssl.keyStore.type", "PEM",
                "zookeeper.ssl.trustStore.location", alice.certificate().toString(),
                "zookeeper.ssl.trustStore.type", "PEM",
                "zookeeper.ssl.clientHostnameVerification", "false");
    }

    @AfterAll
    void stop() {
        connections.shutdown();
        server.shutdown();
        // Other tests look for threads that keep a process alive; Netty's end some time after their work.
        Eventually.that(
                "Netty has ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(thread -> thread.getName().toLowerCase(Locale.ROOT))
                        .noneMatch(name -> name.contains("eventloopgroup") || name.startsWith("globaleventexecutor")));
        settings(folder).keySet().forEach(System::clearProperty);
    }

    private MetadataAccess access(String root, MetadataTimeouts timeouts, MetadataSecurity security) {
        MetadataUri uri = MetadataUri.parse("zk+longhierarchical://127.0.0.1:" + connections.getLocalPort() + root);
        return new MetadataAccess(uri, timeouts, security);
    }

    private TlsConfig trusting(Certificates trusted) {
        return TlsConfig.trusting(trusted.certificate()).withIdentity(alice.certificate(), alice.key());
    }

    private MetadataSecurity secured() {
        return MetadataSecurity.tls(trusting(service));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static String refusal(MetadataAccess access) {
        LedgerException[] thrown = new LedgerException[1];
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> MetadataStores.connectOrInitialise(access).close())
                .satisfies(failure -> thrown[0] = failure);
        return String.valueOf(thrown[0].getMessage());
    }

    @Test
    void aStoreWorksOverTlsAndAcrossSessions() {
        try (MetadataStore store = MetadataStores.connectOrInitialise(access("/tls", PATIENT, secured()))) {
            LedgerId first = await(store.generateLedgerId());
            List.copyOf(server.getZKDatabase().getSessions()).forEach(server::closeSession);
            assertThat(await(store.generateLedgerId())).isNotEqualTo(first);
        }
    }

    @Test
    void theFileWithTheKeyLivesAsLongAsTheStore() throws IOException {
        SessionSecurity security = new SessionSecurity(secured());
        Path file = Path.of(security.config().getProperty("zookeeper.ssl.keyStore.location"));
        assertThat(file).content().contains("BEGIN PRIVATE KEY", "BEGIN CERTIFICATE");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        security.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void nodesBelongToTheUserWhoMadeThem() {
        MetadataSecurity owner = secured().withLogin("daybook", Secret.of("sesame"));
        try (MetadataStore store = MetadataStores.connectOrInitialise(access("/owned", PATIENT, owner))) {
            await(store.generateLedgerId());
        }
        try (MetadataStore store = MetadataStores.connect(access("/owned", PATIENT, owner))) {
            await(store.generateLedgerId());
        }
        MetadataSecurity other = secured().withLogin("daybook", Secret.of("guess"));
        assertThat(refusal(access("/owned", PATIENT, other)))
                .contains("NOAUTH", "daybook.metadata")
                .doesNotContain("guess");
        assertThat(refusal(access("/owned", PATIENT, secured()))).contains("NOAUTH");
    }

    @Test
    void whoeverCannotBeSpokenToSecurelyIsNotSpokenTo() {
        Certificates stranger = Certificates.make(folder, "stranger", "ip:127.0.0.1");
        assertThat(refusal(access("/tls", HASTY, MetadataSecurity.tls(trusting(stranger)))))
                .contains("did not answer", "daybook.metadata.tls");
        assertThat(refusal(access("/tls", HASTY, MetadataSecurity.NONE))).contains("did not answer");
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        for (TlsConfig tls : List.of(
                TlsConfig.trusting(folder.resolve("absent.pem")),
                TlsConfig.trusting(nonsense),
                trusting(service).withIdentity(alice.certificate(), nonsense),
                trusting(service).withIdentity(nonsense, alice.key()))) {
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> MetadataStores.connect(access("/tls", HASTY, MetadataSecurity.tls(tls))))
                    .satisfies(failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.BAD_ARGUMENT);
                        assertThat(failure).hasMessageContaining("daybook.metadata.tls.");
                        assertThat(failure).hasMessageContaining(".pem");
                    });
        }
        Eventually.that("nobody is left", () -> server.getNumAliveConnections() == 0);
    }
}
