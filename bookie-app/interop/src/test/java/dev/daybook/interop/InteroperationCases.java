package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What both clients must be able to do to each other's ledgers, whatever bookies hold them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InteroperationCases {
    private static final Quorum QUORUM = new Quorum(3, 3, 2);
    private static final int ENTRIES = 60;
    private static final int SIZE = 700;
    private static final String LEDGER_FENCED = "error -101 ";
    private static final String NO_SUCH_LEDGER = "error -25 ";

    private Programs programs = new Programs(Path.of(""));
    private String uri = "";
    private final List<AutoCloseable> running = new ArrayList<>();
    private final Map<Generation, OfficialClient> official = new EnumMap<>(Generation.class);
    private final Map<Generation, OurClient> ours = new EnumMap<>(Generation.class);

    /** Three bookies; they need not be registered yet. */
    abstract List<ChildProcess> startBookies(Programs programs, String metadataUri);

    @BeforeAll
    void startCluster(@TempDir Path folder) {
        programs = new Programs(folder);
        int zooKeeperPort = Programs.freePort();
        running.add(programs.zooKeeper(zooKeeperPort));
        uri = "zk+longhierarchical://127.0.0.1:" + zooKeeperPort + "/ledgers";
        ClusterSetUp.initialise(uri);
        running.addAll(startBookies(programs, uri));
        ClusterSetUp.awaitWritable(uri, 3, Duration.ofSeconds(90));
        for (Generation generation : Generation.values()) {
            OfficialClient theirs =
                    programs.officialClient(uri, generation.name().toLowerCase(Locale.ROOT));
            running.add(theirs);
            official.put(generation, theirs);
            OurClient our = new OurClient(uri, generation);
            running.add(our);
            ours.put(generation, our);
        }
    }

    @AfterAll
    void stopCluster() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    static Stream<Arguments> everyEncoding() {
        return Stream.of(Generation.values())
                .flatMap(generation -> Stream.of(DigestType.values()).map(digest -> Arguments.of(generation, digest)));
    }

    Programs programs() {
        return programs;
    }

    String uri() {
        return uri;
    }

    OfficialClient official(Generation generation) {
        return java.util.Objects.requireNonNull(official.get(generation));
    }

    OurClient ours(Generation generation) {
        return java.util.Objects.requireNonNull(ours.get(generation));
    }

    private static Generation other(Generation generation) {
        return generation == Generation.V2 ? Generation.V3 : Generation.V2;
    }

    private static String create(DigestType digest) {
        return "create 3 3 2 " + digest + " pw";
    }

    @ParameterizedTest
    @MethodSource("everyEncoding")
    void theOfficialClientWritesAndOursReadsAndDeletes(Generation generation, DigestType digest) {
        OfficialClient writer = official(generation);
        long ledger = Long.parseLong(writer.ask(create(digest)));
        writer.ask("add %d %d %d".formatted(ledger, ENTRIES, SIZE));
        writer.ask("close %d".formatted(ledger));

        assertThat(ours(generation).read(ledger, false)).isEqualTo(Payloads.summary(ENTRIES, SIZE));

        ours(generation).delete(ledger);
        assertThat(writer.tell("read %d %s pw plain".formatted(ledger, digest))).startsWith(NO_SUCH_LEDGER);
    }

    @ParameterizedTest
    @MethodSource("everyEncoding")
    void oursWritesAndTheOfficialClientReadsAndDeletes(Generation generation, DigestType digest) {
        AppendLedger writer = ours(generation).create(QUORUM, digest);
        OurClient.append(writer, ENTRIES, SIZE);
        OurClient.await(writer.closeLedger());
        long ledger = writer.id().value();

        OfficialClient reader = official(generation);
        assertThat(reader.ask("read %d %s pw plain".formatted(ledger, digest)))
                .isEqualTo(Payloads.summary(ENTRIES, SIZE));

        reader.ask("delete %d".formatted(ledger));
        assertThat(ours(generation).openFailure(ledger)).isEqualTo(LedgerException.Reason.NO_SUCH_LEDGER);
    }

    @ParameterizedTest
    @MethodSource("everyEncoding")
    void theOfficialClientRecoversOurLedgerAndOurWriterIsFenced(Generation generation, DigestType digest) {
        AppendLedger writer = ours(generation).create(QUORUM, digest);
        OurClient.append(writer, ENTRIES, SIZE);
        long ledger = writer.id().value();

        String recovered = official(other(generation)).ask("read %d %s pw recover".formatted(ledger, digest));

        assertThat(recovered).isEqualTo(Payloads.summary(ENTRIES, SIZE));
        assertThat(OurClient.failureOf(writer.append("late".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(LedgerException.Reason.LEDGER_FENCED);
    }

    @ParameterizedTest
    @MethodSource("everyEncoding")
    void oursRecoversTheOfficialLedgerAndItsWriterIsFenced(Generation generation, DigestType digest) {
        OfficialClient writer = official(generation);
        long ledger = Long.parseLong(writer.ask(create(digest)));
        writer.ask("add %d %d %d".formatted(ledger, ENTRIES, SIZE));

        assertThat(ours(other(generation)).read(ledger, true)).isEqualTo(Payloads.summary(ENTRIES, SIZE));

        assertThat(writer.tell("add %d 1 10".formatted(ledger))).startsWith(LEDGER_FENCED);
        assertThat(writer.ask("read %d %s pw plain".formatted(ledger, digest)))
                .isEqualTo(Payloads.summary(ENTRIES, SIZE));
    }

    @ParameterizedTest
    @MethodSource("everyEncoding")
    void aReaderOfTheOtherKindFollowsAnOpenLedger(Generation generation, DigestType digest) {
        OfficialClient theirs = official(generation);
        long ledger = Long.parseLong(theirs.ask(create(digest)));
        theirs.ask("add %d %d %d".formatted(ledger, ENTRIES, SIZE));
        // The last entry is confirmed by the one that follows it, so an open ledger shows all but one.
        assertThat(ours(generation).read(ledger, false)).startsWith((ENTRIES - 2) + " ");

        AppendLedger writer = ours(generation).create(QUORUM, digest);
        OurClient.append(writer, ENTRIES - 1, SIZE);
        // On its own: it carries what was confirmed when it was sent, and all of a burst are sent before the first ack.
        OurClient.append(writer, 1, SIZE);
        long seen =
                Long.parseLong(theirs.ask("tail %d %s pw".formatted(writer.id().value(), digest)));
        assertThat(seen).isBetween(ENTRIES - 2L, ENTRIES - 1L);
        OurClient.await(writer.closeLedger());
        theirs.ask("close %d".formatted(ledger));
    }
}
