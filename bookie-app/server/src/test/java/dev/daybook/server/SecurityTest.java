package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.client.security.Certificates;
import dev.daybook.client.security.SaslDigest;
import dev.daybook.client.security.Secret;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.client.security.TlsConfig;
import dev.daybook.client.security.TokenAuthentication;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.IdentityConfig;
import dev.daybook.server.net.Authentication;
import dev.daybook.server.net.BookieTls;
import dev.daybook.server.net.NetConfig;
import dev.daybook.server.net.NetSecurity;
import dev.daybook.server.net.SaslDigestUsers;
import dev.daybook.server.net.TokenVerification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS, certificates of clients, SASL and tokens between our client and our bookie, in both generations. */
class SecurityTest {
    private static final String HERE = "ip:127.0.0.1,dns:localhost";
    private static final Authentication USERS =
            new SaslDigestUsers(user -> user.equals("alice") ? Optional.of("sesame".toCharArray()) : Optional.empty());
    private static final Authentication TOKENS = new TokenVerification(token ->
            Arrays.equals(token, "t0ken".getBytes(StandardCharsets.UTF_8)) ? Optional.of("alice") : Optional.empty());

    @TempDir
    Path root;

    private final InMemoryMetadataStore cluster = new InMemoryMetadataStore();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private void bookie(NetSecurity security) {
        BookieServerConfig config = BookieServerConfig.of(
                NetConfig.of("127.0.0.1", 0).withSecurity(security),
                new IdentityConfig(Optional.of("b1"), Optional.of("127.0.0.1"), true),
                BookieFolders.below(root.resolve("b1")));
        opened.add(TestBookies.started(config, cluster));
    }

    private LedgerClient client(Generation generation, SecurityConfig security) {
        ClientConfig config = ClientConfig.of(MetadataUri.parse("zk://unused/ledgers"))
                .withGeneration(generation)
                .withSecurity(security);
        LedgerClient client = new LoopLedgerClient(config, cluster.another(), ClientMetrics.NONE);
        opened.add(client);
        return client;
    }

    private Certificates certificates(String name, String names) {
        return Certificates.make(root.resolve("certificates"), name, names);
    }

    private static NetSecurity tls(Certificates own, Optional<Certificates> clients, Optional<Authentication> way) {
        return new NetSecurity(
                Optional.of(new BookieTls(
                        own.certificate(),
                        own.key(),
                        clients.map(Certificates::certificate),
                        clients.isPresent(),
                        true,
                        Duration.ZERO)),
                way);
    }

    private static TlsConfig trusting(Certificates bookie) {
        return TlsConfig.trusting(bookie.certificate()).withReloadInterval(Duration.ZERO);
    }

    /** Writes, reads, and recovers, which takes fencing reads over the second connection of version 2. */
    private static void works(LedgerClient client) {
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(1, 1, 1))));
        List<CompletionStage<EntryId>> acks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            acks.add(writer.append(("entry " + i + "x".repeat(i * 50)).getBytes(StandardCharsets.UTF_8)));
        }
        acks.forEach(SecurityTest::await);
        ReadLedger recovered = await(client.openWithRecovery(writer.id(), LedgerPassword.EMPTY));
        List<LedgerEntry> entries = await(recovered.read(0, 99));
        assertThat(entries).hasSize(100);
        assertThat(new String(entries.get(7).payload(), StandardCharsets.UTF_8)).startsWith("entry 7x");
    }

    private static Reason failure(LedgerClient client) {
        try {
            await(await(client.create(LedgerSpec.of(new Quorum(1, 1, 1)))).append(new byte[1]));
            throw new AssertionError("the append succeeded");
        } catch (CompletionException e) {
            if (e.getCause() instanceof LedgerException failure) {
                return failure.reason();
            }
            throw e;
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void tls(Generation generation) {
        Certificates own = certificates("bookie", HERE);
        bookie(tls(own, Optional.empty(), Optional.empty()));
        works(client(generation, SecurityConfig.tls(trusting(own))));
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void tlsWithCertificatesOfClients(Generation generation) {
        Certificates own = certificates("bookie", HERE);
        Certificates alice = certificates("alice", HERE);
        bookie(tls(own, Optional.of(alice), Optional.empty()));
        works(client(generation, SecurityConfig.tls(trusting(own).withIdentity(alice.certificate(), alice.key()))));
        assertThat(failure(client(generation, SecurityConfig.tls(trusting(own)))))
                .as("a client without a certificate")
                .isIn(Reason.NOT_ENOUGH_BOOKIES, Reason.WRITE_FAILED);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void saslInClearText(Generation generation) {
        bookie(new NetSecurity(Optional.empty(), Optional.of(USERS)));
        works(client(generation, SecurityConfig.NONE.withAuthentication(new SaslDigest("alice", Secret.of("sesame")))));
        assertThat(failure(client(
                        generation,
                        SecurityConfig.NONE.withAuthentication(new SaslDigest("alice", Secret.of("wrong"))))))
                .isEqualTo(Reason.UNAUTHORIZED);
        assertThat(failure(client(
                        generation,
                        SecurityConfig.NONE.withAuthentication(new SaslDigest("bob", Secret.of("sesame"))))))
                .isEqualTo(Reason.UNAUTHORIZED);
        assertThat(failure(client(generation, SecurityConfig.NONE)))
                .as("a client that does not say who it is")
                .isEqualTo(Reason.UNAUTHORIZED);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void saslAndTokensInsideOfTls(Generation generation) {
        Certificates own = certificates("bookie", HERE);
        bookie(tls(own, Optional.empty(), Optional.of(TOKENS)));
        SecurityConfig encrypted = SecurityConfig.tls(trusting(own));
        works(client(generation, encrypted.withAuthentication(new TokenAuthentication(() -> Secret.of("t0ken")))));
        assertThat(failure(client(
                        generation, encrypted.withAuthentication(new TokenAuthentication(() -> Secret.of("guess"))))))
                .isEqualTo(Reason.UNAUTHORIZED);
        assertThat(failure(client(generation, encrypted))).isEqualTo(Reason.UNAUTHORIZED);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void saslInsideOfTls(Generation generation) {
        Certificates own = certificates("bookie", HERE);
        bookie(tls(own, Optional.empty(), Optional.of(USERS)));
        works(client(
                generation,
                SecurityConfig.tls(trusting(own)).withAuthentication(new SaslDigest("alice", Secret.of("sesame")))));
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aClientThatCanProveItselfIsServedByABookieThatDoesNotAsk(Generation generation) {
        bookie(NetSecurity.NONE);
        works(client(generation, SecurityConfig.NONE.withAuthentication(new SaslDigest("alice", Secret.of("sesame")))));
    }

    @Test
    void nobodyTalksInClearTextWhereTlsIsWanted() {
        Certificates own = certificates("bookie", HERE);
        bookie(tls(own, Optional.empty(), Optional.empty()));
        assertThat(failure(client(Generation.V3, SecurityConfig.NONE))).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(failure(client(Generation.V2, SecurityConfig.NONE))).isEqualTo(Reason.UNAUTHORIZED);
    }

    @Test
    void aClientThatWantsTlsDoesNotTalkToABookieWithout() {
        Certificates own = certificates("bookie", HERE);
        bookie(NetSecurity.NONE);
        assertThat(failure(client(Generation.V3, SecurityConfig.tls(trusting(own)))))
                .isEqualTo(Reason.NOT_ENOUGH_BOOKIES);
    }

    @Test
    void aCertificateForAnotherHostIsRefusedUnlessThatIsAllowed() {
        Certificates own = certificates("bookie", "dns:elsewhere.example");
        bookie(tls(own, Optional.empty(), Optional.empty()));
        assertThat(failure(client(Generation.V3, SecurityConfig.tls(trusting(own)))))
                .isEqualTo(Reason.NOT_ENOUGH_BOOKIES);
        works(client(Generation.V3, SecurityConfig.tls(trusting(own).withVerifyHostName(false))));
    }

    @Test
    void aCertificateOfAStrangerIsRefused() {
        bookie(tls(certificates("bookie", HERE), Optional.empty(), Optional.empty()));
        assertThat(failure(client(Generation.V3, SecurityConfig.tls(trusting(certificates("stranger", HERE))))))
                .isEqualTo(Reason.NOT_ENOUGH_BOOKIES);
    }

    @Test
    void newCertificatesAreUsedWithoutARestart() {
        Certificates own = certificates("bookie", HERE);
        Certificates next = certificates("next", HERE);
        bookie(tls(own, Optional.empty(), Optional.empty()));
        LedgerClient old = client(Generation.V3, SecurityConfig.tls(trusting(own)));
        AppendLedger writer = await(old.create(LedgerSpec.of(new Quorum(1, 1, 1))));
        await(writer.append(new byte[1]));
        assertThat(failure(client(Generation.V3, SecurityConfig.tls(trusting(next)))))
                .isEqualTo(Reason.NOT_ENOUGH_BOOKIES);
        own.become(next);
        works(client(Generation.V3, SecurityConfig.tls(trusting(next))));
        await(writer.append(new byte[1])); // Its connection lives on.
    }

    @Test
    void filesThatCannotBeUsedAreNamed() {
        NetSecurity missing = new NetSecurity(
                Optional.of(BookieTls.of(root.resolve("no.pem"), root.resolve("no.key"))), Optional.empty());
        BookieServerConfig config = BookieServerConfig.of(
                NetConfig.of("127.0.0.1", 0).withSecurity(missing),
                new IdentityConfig(Optional.of("b1"), Optional.of("127.0.0.1"), true),
                BookieFolders.below(root.resolve("b1")));
        assertThat(TestBookies.refused(config, again -> cluster.another()).sentence())
                .contains("daybook.bookie.tls.certificate")
                .contains("no.pem");
    }
}
