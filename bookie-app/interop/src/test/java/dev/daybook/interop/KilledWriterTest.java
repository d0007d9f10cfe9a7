package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.wire.Generation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer of one kind is killed at a random moment, a client of the other kind recovers its ledger, on ensembles that
 * mix bookies of both kinds. {@code -Dinterop.rounds=200} runs more rounds, {@code -Dinterop.seed=N} repeats the choices
 * of a run; where in the protocol a kill strikes is up to the clock of the machine all the same.
 */
class KilledWriterTest {
    private static final int ROUNDS = Integer.getInteger("interop.rounds", 10);
    private static final int COUNT = 4_000;
    private static final int SIZE = 300;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final List<String> QUORUMS = List.of("3 3 2", "3 2 2", "3 3 3", "4 3 2", "4 2 1", "2 2 2", "3 3 1");

    private final List<AutoCloseable> running = new ArrayList<>();
    private Programs programs = new Programs(Path.of(""));
    private String uri = "";

    private enum Kind {
        PLAIN,
        ADVANCED,
        DEFERRED
    }

    /** What a round does, drawn from the seed. */
    private record Round(
            boolean oursWrites,
            Kind kind,
            Generation writes,
            Generation recovers,
            DigestType digest,
            String quorum,
            int acksBeforeTheKill,
            int microsBeforeTheKill) {
        static Round draw(Random random) {
            Kind kind = pick(random, Kind.values());
            return new Round(
                    random.nextBoolean(),
                    kind,
                    kind == Kind.DEFERRED ? Generation.V3 : generation(random),
                    generation(random),
                    pick(random, DigestType.values()),
                    QUORUMS.get(random.nextInt(QUORUMS.size())),
                    random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(3_000),
                    random.nextInt(5_000));
        }

        private static <T> T pick(Random random, T[] choices) {
            return choices[random.nextInt(choices.length)];
        }

        private static Generation generation(Random random) {
            return random.nextBoolean() ? Generation.V2 : Generation.V3;
        }

        int forceEvery() {
            return kind == Kind.DEFERRED ? 50 : 0;
        }
    }

    @BeforeEach
    void startCluster(@TempDir Path folder) {
        programs = new Programs(folder);
        int zooKeeperPort = Programs.freePort();
        running.add(programs.zooKeeper(zooKeeperPort));
        uri = "zk+longhierarchical://127.0.0.1:" + zooKeeperPort + "/ledgers";
        ClusterSetUp.initialise(uri);
        running.addAll(programs.bookies(uri, List.of(Programs.freePort(), Programs.freePort())));
        running.add(programs.officialBookie(uri, Programs.freePort()));
        running.add(programs.officialBookie(uri, Programs.freePort()));
        ClusterSetUp.awaitWritable(uri, 4, Duration.ofSeconds(90));
    }

    @AfterEach
    void stopCluster() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    @Test
    void theOtherClientRecoversWhatAKilledWriterAcknowledged() throws Exception {
        long seed = Long.getLong("interop.seed", System.nanoTime());
        System.out.println("killed writers: seed " + seed + ", " + ROUNDS + " rounds");
        Random random = new Random(seed);
        Tally tally = new Tally();
        try (Clients clients = new Clients()) {
            for (int number = 1; number <= ROUNDS; number++) {
                Round round = Round.draw(random);
                tally.add(round, run(round, clients, "round " + number + " of seed " + seed + ": " + round));
                if (number % 20 == 0) {
                    System.out.println(tally);
                }
            }
        }
        System.out.println(tally);
    }

    /** What the rounds so far have shown. */
    private static final class Tally {
        private final Map<Kind, Integer> byUs = new EnumMap<>(Kind.class);
        private final Map<Kind, Integer> byThem = new EnumMap<>(Kind.class);
        private long promised;
        private long more;

        void add(Round round, Outcome outcome) {
            promised += outcome.promised + 1;
            more += outcome.recovered - outcome.promised;
            (round.oursWrites ? byThem : byUs).merge(round.kind, 1, Integer::sum);
        }

        int rounds() {
            return Stream.of(byUs, byThem)
                    .flatMap(counts -> counts.values().stream())
                    .mapToInt(Integer::intValue)
                    .sum();
        }

        @Override
        public String toString() {
            return "killed writers: " + rounds() + " rounds, recovered by ours " + byUs
                    + ", by the official client " + byThem + "; " + promised
                    + " promised entries, all recovered, and " + more + " more";
        }
    }

    private record Outcome(long promised, long recovered) {}

    /** The recovering clients, one per generation. */
    private final class Clients implements AutoCloseable {
        final OurClient oursV2 = new OurClient(uri, Generation.V2);
        final OurClient oursV3 = new OurClient(uri, Generation.V3);
        final OfficialClient theirsV2 = programs.officialClient(uri, "v2");
        final OfficialClient theirsV3 = programs.officialClient(uri, "v3");

        OurClient ours(Generation generation) {
            return generation == Generation.V2 ? oursV2 : oursV3;
        }

        OfficialClient theirs(Generation generation) {
            return generation == Generation.V2 ? theirsV2 : theirsV3;
        }

        @Override
        public void close() {
            oursV2.close();
            oursV3.close();
            theirsV2.close();
            theirsV3.close();
        }
    }

    private Outcome run(Round round, Clients clients, String story) {
        ChildProcess process = round.oursWrites
                ? programs.streamingWriter(uri, round.writes)
                : programs.officialClientProcess(uri, round.writes.name().toLowerCase(Locale.ROOT));
        long ledger;
        long promised;
        try (process) {
            answer(process);
            ledger = Long.parseLong(tell(process, create(round)));
            process.writeLine(
                    round.oursWrites
                            ? "stream %d %d %d".formatted(COUNT, SIZE, round.forceEvery())
                            : "stream %d %d %d %d".formatted(ledger, COUNT, SIZE, round.forceEvery()));
            promised = lastPromise(process, round);
        }
        String digest = round.digest.name();
        OurClient ours = clients.ours(round.recovers);
        OfficialClient theirs = clients.theirs(round.recovers);
        String recovered;
        String again;
        if (round.oursWrites) {
            recovered = theirs.ask("read %d %s pw recover".formatted(ledger, digest));
            again = ours.read(ledger, false);
        } else {
            recovered = ours.read(ledger, true);
            again = theirs.ask("read %d %s pw plain".formatted(ledger, digest));
        }
        assertThat(again.split(" ", -1)[0]).as(story).isEqualTo(recovered.split(" ", -1)[0]);
        long last = Long.parseLong(recovered.split(" ", -1)[0]);
        assertThat(last).as(story).isGreaterThanOrEqualTo(promised);
        String expected = Payloads.summary(last + 1, SIZE).split(" ", -1)[2];
        assertThat(recovered.split(" ", -1)[2]).as(story).isEqualTo(expected);
        assertThat(again.split(" ", -1)[2]).as(story).isEqualTo(expected);
        return new Outcome(promised, last);
    }

    private static String create(Round round) {
        String digest = round.digest.name();
        if (round.oursWrites) {
            String kind =
                    round.kind == Kind.ADVANCED ? "adv" : round.kind.name().toLowerCase(Locale.ROOT);
            return "create %s %s %s".formatted(round.quorum, digest, kind);
        }
        return switch (round.kind) {
            case PLAIN -> "create %s %s pw".formatted(round.quorum, digest);
            case ADVANCED -> "createadv -1 %s %s pw key value".formatted(round.quorum, digest);
            case DEFERRED -> "createdeferred %s %s pw".formatted(round.quorum, digest);
        };
    }

    /** Kills the writer, and returns the last entry that it had said it may not lose. */
    private static long lastPromise(ChildProcess process, Round round) {
        String promise = round.kind == Kind.DEFERRED ? "forced " : "acked ";
        List<String> said = new ArrayList<>();
        for (int acks = 0; acks < round.acksBeforeTheKill; acks++) {
            said.add(process.awaitLine(line -> line.startsWith(promise) || line.startsWith("acked "), ANSWER));
        }
        LockSupport.parkNanos(round.microsBeforeTheKill * 1_000L);
        process.kill();
        List<String> rest = process.lastLines();
        if (!rest.isEmpty()) {
            // The kill may have cut it, and half a number is another number.
            rest.remove(rest.size() - 1);
        }
        said.addAll(rest);
        return said.stream()
                .filter(line -> line.startsWith(promise))
                .mapToLong(line -> Long.parseLong(line.substring(promise.length())))
                .max()
                .orElse(-1);
    }

    private static String tell(ChildProcess process, String command) {
        process.writeLine(command);
        return answer(process);
    }

    private static String answer(ChildProcess process) {
        String line = process.awaitLine(any -> any.startsWith("ok ") || any.startsWith("error "), ANSWER);
        assertThat(line).startsWith("ok ");
        return line.substring("ok ".length());
    }
}
