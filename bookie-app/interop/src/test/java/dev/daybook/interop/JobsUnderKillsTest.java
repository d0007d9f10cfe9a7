package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bookies are taken out of a cluster of processes by the command line, while the process that moves their copies, or the
 * bookie itself, is killed: judged by asking every bookie for every entry.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsUnderKillsTest {
    private static final int LEDGERS = Integer.getInteger("interop.ledgers", 24);
    private static final int ENTRIES = 20;
    private static final int ENTRY_BYTES = 4_096;
    private static final Quorum THREE = new Quorum(3, 3, 2);
    private static final Quorum ALONE = new Quorum(1, 1, 1);
    private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(LEDGERS * 500L);

    /** So slow that a kill finds work under way. */
    private static final String RATE = LEDGERS * 20 + "KB";

    /** Of the command line for a job that did not do everything. */
    private static final int BLOCKED = 8;

    private HealingCluster cluster;
    private Programs programs;
    private Copies copies;
    private List<LedgerId> ledgers = List.of();

    @BeforeAll
    void start(@TempDir Path folder) {
        programs = Programs.impatient(folder);
        cluster = new HealingCluster(programs);
        copies = cluster.copies();
        cluster.startBookies(6);
        cluster.startHealer("a", RATE);
        cluster.startHealer("b", RATE);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @AfterEach
    void leaveNothing() {
        cluster.delete(ledgers);
        Copies.await(
                PATIENCE,
                () -> "marked are " + copies.marked(),
                () -> copies.marked().isEmpty());
        Copies.await(PATIENCE, () -> "a lock is left", copies::nothingIsLocked);
    }

    private ChildProcess order(String kind, BookieId bookie) {
        return programs.command("bookie", kind, bookie.value(), "--metadata-uri", cluster.uri(), "--json");
    }

    private BookieId memberOf(LedgerId ledger) {
        return copies.metadata(ledger).lastFragment().ensemble().get(0);
    }

    /** Nothing of the bookie is needed any more. */
    private void checkWithout(BookieId bookie, List<LedgerId> moved) {
        assertThat(copies.having(moved, bookie)).isEmpty();
        Set<BookieId> others = new HashSet<>(cluster.bookies());
        others.remove(bookie);
        moved.forEach(ledger -> copies.check(ledger, ENTRIES, others));
    }

    @Test
    void aDecommissionOutlivesWhoCarriesItOut() {
        ledgers = cluster.written(LEDGERS, number -> THREE, ENTRIES, ENTRY_BYTES);
        BookieId leaving = memberOf(ledgers.get(0));
        try (ChildProcess waiting = order("decommission", leaving)) {
            cluster.awaitProgress(ledgers, leaving, PATIENCE);
            String killed = cluster.auditor().orElseThrow();
            cluster.killHealer(killed);
            String successor = cluster.awaitAuditorAfter(killed);
            assertThat(copies.having(ledgers, leaving))
                    .as("something is left to do")
                    .isNotEmpty();

            assertThat(waiting.awaitOutput(PATIENCE))
                    .contains("\"state\":\"done\"")
                    .contains("\"runner\":\"" + successor + "\"")
                    .contains("running still");
        }
        checkWithout(leaving, ledgers);
    }

    @Test
    void aDrainGoesOnWithoutItsBookie() {
        ledgers = cluster.written(LEDGERS, number -> THREE, ENTRIES, ENTRY_BYTES);
        BookieId drained = memberOf(ledgers.get(0));
        try (ChildProcess waiting = order("drain", drained)) {
            cluster.awaitProgress(ledgers, drained, PATIENCE);
            cluster.kill(drained);

            assertThat(waiting.awaitOutput(PATIENCE))
                    .contains("\"state\":\"done\"")
                    .contains("Nothing is left on");
        }
        checkWithout(drained, ledgers);
    }

    @Test
    void theHolderOfAnOnlyCopyBlocksItsDecommissionAndIsNamed() {
        ledgers = cluster.written(LEDGERS, number -> number == 0 ? ALONE : THREE, ENTRIES, ENTRY_BYTES);
        LedgerId only = ledgers.get(0);
        BookieId dead = memberOf(only);
        cluster.kill(dead);
        try (ChildProcess waiting = order("decommission", dead)) {
            assertThat(waiting.awaitExit(PATIENCE)).isEqualTo(BLOCKED);
            assertThat(String.join("\n", waiting.lastLines()))
                    .contains("\"state\":\"blocked\"")
                    .contains("\"blocked\":1")
                    .contains("{\"ledger\":" + only.value() + ",\"why\":\"")
                    .contains("only " + dead + " may have");
        }
        checkWithout(dead, ledgers.subList(1, ledgers.size()));
    }
}
