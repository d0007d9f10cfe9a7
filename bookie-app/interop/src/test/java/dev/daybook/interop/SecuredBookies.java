package dev.daybook.interop;

import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.security.Certificates;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.BookieServer;
import dev.daybook.server.BookieServerConfig;
import dev.daybook.server.StartOutcome;
import dev.daybook.server.disk.DiskThresholds;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.IdentityConfig;
import dev.daybook.server.net.Authentication;
import dev.daybook.server.net.BookieTls;
import dev.daybook.server.net.NetConfig;
import dev.daybook.server.net.NetSecurity;
import dev.daybook.server.net.SaslDigestUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One bookie of each kind for each {@link Safeguard}, every one in a cluster of its own: ours in this process, the official
 * ones together in another.
 */
final class SecuredBookies implements AutoCloseable {
    /** Names of users' passwords, and of the sections of the peer's login file that hold them. */
    static final String PASSWORD = "sesame";

    static final String WRONG_PASSWORD = "guess";

    /** As the official bookies of these tests have it. */
    private static final DiskThresholds ALMOST_FULL = new DiskThresholds(0.98, 0.99, 0.98);

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Path folder;
    private final String service;
    private final Certificates bookie;
    private final Certificates elsewhere;
    private final Certificates alice;
    private final Path login;
    private final List<BookieServer> ours = new ArrayList<>();
    private @Nullable ChildProcess official;

    private SecuredBookies(Path folder, String service) throws IOException {
        this.folder = folder;
        this.service = service;
        this.bookie = Certificates.make(folder, "bookie", "ip:127.0.0.1,dns:localhost");
        this.elsewhere = Certificates.make(folder, "elsewhere", "dns:elsewhere.example");
        this.alice = Certificates.make(folder, "alice", "dns:alice.example");
        this.login = Files.writeString(folder.resolve("login.conf"), """
                Bookie { org.apache.zookeeper.server.auth.DigestLoginModule required user_alice="%1$s"; };
                %1$s { org.apache.zookeeper.server.auth.DigestLoginModule required username="alice" password="%1$s"; };
                %2$s { org.apache.zookeeper.server.auth.DigestLoginModule required username="alice" password="%2$s"; };
                """.formatted(PASSWORD, WRONG_PASSWORD));
    }

    /** @param service the metadata service as a URI without a path */
    static SecuredBookies start(Programs programs, Path folder, String service) {
        try {
            SecuredBookies bookies = new SecuredBookies(folder, service);
            for (Safeguard safeguard : Safeguard.values()) {
                ClusterSetUp.initialise(bookies.uri(true, safeguard));
                bookies.startOurs(safeguard);
            }
            bookies.startOfficial(programs);
            return bookies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path login() {
        return login;
    }

    String uri(boolean official, Safeguard safeguard) {
        return service + safeguard.root(official);
    }

    /** A client as the bookie wants it. */
    Visitor welcome(Safeguard safeguard) {
        Visitor visitor =
                safeguard.tls() ? Visitor.PLAIN.trusting(certificates(safeguard).certificate()) : Visitor.PLAIN;
        visitor = safeguard.sasl() ? visitor.withPassword(PASSWORD) : visitor;
        return safeguard.clientCertificates() ? visitor.showing(alice) : visitor;
    }

    /** A certificate that nobody trusts. */
    Certificates stranger() {
        return elsewhere;
    }

    private Certificates certificates(Safeguard safeguard) {
        return safeguard == Safeguard.TLS_OF_ANOTHER_HOST ? elsewhere : bookie;
    }

    private void startOurs(Safeguard safeguard) {
        BookieServerConfig config = BookieServerConfig.of(
                        NetConfig.of("127.0.0.1", 0).withSecurity(security(safeguard)),
                        new IdentityConfig(Optional.empty(), Optional.of("127.0.0.1"), true),
                        BookieFolders.below(folder.resolve("ours-" + safeguard)))
                .withDisks(new BookieServerConfig.DiskCheck(
                        ALMOST_FULL, BookieServerConfig.DiskCheck.DEFAULT.interval(), 0));
        MetadataUri uri = MetadataUri.parse(uri(false, safeguard));
        StartOutcome outcome = BookieServer.start(
                config,
                mayInitialise -> MetadataStores.connectOrInitialise(uri, new MetadataTimeouts(WAIT, WAIT, WAIT)),
                BookieMetrics.NONE);
        if (outcome instanceof StartOutcome.Refused refused) {
            throw new AssertionError(refused.exit());
        }
        ours.add(((StartOutcome.Started) outcome).server());
    }

    private NetSecurity security(Safeguard safeguard) {
        Optional<Authentication> users = safeguard.sasl()
                ? Optional.of(new SaslDigestUsers(
                        user -> user.equals("alice") ? Optional.of(PASSWORD.toCharArray()) : Optional.empty()))
                : Optional.empty();
        if (!safeguard.tls()) {
            return new NetSecurity(Optional.empty(), users);
        }
        Certificates own = certificates(safeguard);
        boolean ask = safeguard.clientCertificates();
        Optional<Path> clients = ask ? Optional.of(alice.certificate()) : Optional.empty();
        return new NetSecurity(
                Optional.of(new BookieTls(own.certificate(), own.key(), clients, ask, true, WAIT)), users);
    }

    private void startOfficial(Programs programs) {
        List<Path> files = new ArrayList<>();
        for (Safeguard safeguard : Safeguard.values()) {
            files.add(programs.officialConfiguration(
                    uri(true, safeguard), Programs.freePort(), officialSettings(safeguard)));
        }
        official = programs.officialBookies(files, login);
        for (Safeguard safeguard : Safeguard.values()) {
            ClusterSetUp.awaitWritable(uri(true, safeguard), 1, Duration.ofSeconds(60));
        }
    }

    private String officialSettings(Safeguard safeguard) {
        String settings = "ledgerStorageClass=org.apache.bookkeeper.bookie.InterleavedLedgerStorage\n";
        if (safeguard.sasl()) {
            settings += """
                    bookieAuthProviderFactoryClass=org.apache.bookkeeper.sasl.SASLBookieAuthProviderFactory
                    saslJaasClientAllowedIds=alice
                    """;
        }
        if (safeguard.tls()) {
            Certificates own = certificates(safeguard);
            settings += """
                    tlsProviderFactoryClass=org.apache.bookkeeper.tls.TLSContextFactory
                    tlsKeyStoreType=PEM
                    tlsKeyStore=%s
                    tlsCertificatePath=%s
                    """.formatted(own.key(), own.certificate());
        }
        if (safeguard.clientCertificates()) {
            settings += """
                    tlsClientAuthentication=true
                    tlsTrustStoreType=PEM
                    tlsTrustStore=%s
                    """.formatted(alice.certificate());
        }
        return settings;
    }

    @Override
    public void close() {
        ours.forEach(BookieServer::close);
        if (official != null) {
            official.close();
        }
    }
}
