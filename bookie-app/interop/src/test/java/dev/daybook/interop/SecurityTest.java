package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both clients on secured bookies of both kinds: who belongs comes in, everybody else hears why not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityTest {
    private static final int ENTRIES = 20;
    private static final int SIZE = 700;
    private static final String SUMMARY = Payloads.summary(ENTRIES, SIZE);
    private static final Quorum ALONE = new Quorum(1, 1, 1);

    private final List<AutoCloseable> running = new ArrayList<>();
    private Path folder = Path.of("");
    private SecuredBookies bookies;
    private OfficialClient official;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        Programs programs = new Programs(folder);
        int zooKeeperPort = Programs.freePort();
        running.add(programs.zooKeeper(zooKeeperPort));
        bookies = SecuredBookies.start(programs, folder, "zk+longhierarchical://127.0.0.1:" + zooKeeperPort);
        running.add(bookies);
        official = programs.officialVisits(bookies.login());
        running.add(official);
    }

    @AfterAll
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    static Stream<Arguments> everyWayIn() {
        return Stream.of(Safeguard.TLS, Safeguard.SASL, Safeguard.TLS_AND_SASL, Safeguard.MUTUAL_TLS)
                .flatMap(safeguard -> Stream.of(Generation.values())
                        .flatMap(generation -> Stream.of(
                                Arguments.of(safeguard, generation, true),
                                Arguments.of(safeguard, generation, false))));
    }

    @ParameterizedTest(name = "{0} {1} official bookie: {2}")
    @MethodSource("everyWayIn")
    void bothClientsReadWhatTheOtherWrote(Safeguard safeguard, Generation generation, boolean officialBookie) {
        String uri = bookies.uri(officialBookie, safeguard);
        Visitor visitor = bookies.welcome(safeguard);
        String settings = visitor.forOfficial(folder, uri, generation).toString();
        try (OurClient ours = new OurClient(uri, generation, visitor.forOurs())) {
            AppendLedger writer = ours.create(ALONE, DigestType.CRC32C);
            OurClient.append(writer, ENTRIES, SIZE);
            if (officialBookie && safeguard == Safeguard.TLS_AND_SASL) {
                // The official client does not get on reliably with its own bookie then, which is not ours to try.
                assertThat(ours.read(writer.id().value(), true)).isEqualTo(SUMMARY);
                return;
            }
            assertThat(official.ask(settings
                            + " read %d CRC32C pw recover".formatted(writer.id().value())))
                    .isEqualTo(SUMMARY);

            official.ask(settings + " create 1 1 1 CRC32C pw;add @ %d %d;close @".formatted(ENTRIES, SIZE));
            // Ids of a cluster are given one after the other.
            assertThat(ours.read(writer.id().value() + 1, false)).isEqualTo(SUMMARY);
        }
    }

    /** What our client says to somebody who tries to append. */
    private String toldByOurs(Safeguard safeguard, boolean officialBookie, Visitor visitor) {
        try (OurClient ours = new OurClient(bookies.uri(officialBookie, safeguard), Generation.V3, visitor.forOurs())) {
            AppendLedger writer = ours.create(ALONE, DigestType.CRC32C);
            LedgerException refusal = OurClient.refusalOf(writer.append(new byte[1]));
            return refusal.reason() + ": " + refusal.getMessage();
        }
    }

    private String toldByOfficial(Safeguard safeguard, boolean officialBookie, Visitor visitor) {
        Path settings = visitor.forOfficial(folder, bookies.uri(officialBookie, safeguard), Generation.V3);
        return official.tell(settings + " create 1 1 1 CRC32C pw;add @ 1 10");
    }

    @ParameterizedTest
    @EnumSource(names = {"SASL", "TLS_AND_SASL"})
    void aWrongPasswordIsTold(Safeguard safeguard) {
        Visitor guessing = bookies.welcome(safeguard).withPassword(SecuredBookies.WRONG_PASSWORD);
        assertThat(toldByOurs(safeguard, false, guessing))
                .startsWith("UNAUTHORIZED: ")
                .contains("daybook.auth");
        assertThat(toldByOfficial(safeguard, false, guessing)).startsWith("error -102 ");
    }

    /** The official bookie does not answer at all. */
    @Test
    void theSilenceOfAnOfficialBookieIsExplained() {
        Visitor guessing = bookies.welcome(Safeguard.SASL).withPassword(SecuredBookies.WRONG_PASSWORD);
        assertThat(toldByOurs(Safeguard.SASL, true, guessing)).contains("did not authenticate", "daybook.auth");
    }

    @Test
    void anUnknownAuthorityIsTold() {
        Visitor mistaken = Visitor.PLAIN.trusting(bookies.stranger().certificate());
        for (boolean officialBookie : new boolean[] {false, true}) {
            assertThat(toldByOurs(Safeguard.TLS, officialBookie, mistaken))
                    .contains("TLS handshake failed", "daybook.tls");
        }
        assertThat(toldByOfficial(Safeguard.TLS, false, mistaken)).startsWith("error ");
    }

    @Test
    void anotherHostsCertificateIsTold() {
        Safeguard safeguard = Safeguard.TLS_OF_ANOTHER_HOST;
        Visitor visitor = bookies.welcome(safeguard);
        for (boolean officialBookie : new boolean[] {false, true}) {
            assertThat(toldByOurs(safeguard, officialBookie, visitor)).contains("TLS handshake failed", "127.0.0.1");
        }
        assertThat(toldByOfficial(safeguard, false, visitor)).startsWith("error ");
        assertThat(toldByOfficial(safeguard, false, visitor.withoutHostNames())).isEqualTo("ok 0");
    }

    @Test
    void aMissingCertificateOfTheClientIsTold() {
        Visitor nameless = bookies.welcome(Safeguard.TLS);
        for (boolean officialBookie : new boolean[] {false, true}) {
            assertThat(toldByOurs(Safeguard.MUTUAL_TLS, officialBookie, nameless))
                    .contains("TLS", "daybook.tls");
        }
        assertThat(toldByOfficial(Safeguard.MUTUAL_TLS, false, nameless)).startsWith("error ");
    }

    @Test
    void clearTextIsRefusedWhereTlsIsDemanded() {
        assertThat(toldByOurs(Safeguard.TLS, false, Visitor.PLAIN))
                .startsWith("UNAUTHORIZED: ")
                .contains("daybook.tls");
        assertThat(toldByOfficial(Safeguard.TLS, false, Visitor.PLAIN)).startsWith("error -102 ");
    }

    @Test
    void aBookieWithoutTlsIsNotTalkedToInClearText() {
        Visitor careful = bookies.welcome(Safeguard.TLS_AND_SASL);
        for (boolean officialBookie : new boolean[] {false, true}) {
            assertThat(toldByOurs(Safeguard.SASL, officialBookie, careful)).contains("does not offer TLS");
        }
        assertThat(toldByOfficial(Safeguard.SASL, false, careful)).startsWith("error ");
    }

    @ParameterizedTest
    @EnumSource
    void bookiesOfBothKindsAnnounceTls(Safeguard safeguard) {
        assertThat(ClusterSetUp.extensions(bookies.uri(false, safeguard)))
                .isEqualTo(ClusterSetUp.extensions(bookies.uri(true, safeguard)))
                .isEqualTo(safeguard.tls() ? List.of("tls") : List.of());
    }
}
