package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.engine.request.Verdict;
import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Throws the dice for adds, overwrites, deletions, flushes, merges, compactions and restarts, and compares the bookie
 * with a map. {@code -Ddaybook.compaction.seed=N} replays one run, {@code -Ddaybook.compaction.runs=N} does that many.
 */
class CompactionModelTest {
    private static final int STEPS = 400;
    private static final int LEDGERS = 6;
    private static final int ENTRIES = 10;
    private static final int CACHE_BYTES = 100_000;

    private final Map<Long, TreeMap<Long, byte[]>> model = new HashMap<>();

    @Test
    void aCompactedBookieAnswersLikeAMap() throws IOException {
        Long chosen = Long.getLong("daybook.compaction.seed");
        int runs = chosen != null ? 1 : Integer.getInteger("daybook.compaction.runs", 20);
        long firstSeed = chosen != null ? chosen : new Random().nextLong();
        System.out.println("compaction runs: " + runs + ", first seed: " + firstSeed);
        for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
            model.clear();
            try {
                run(new Random(seed));
            } catch (AssertionError | RuntimeException | IOException e) {
                throw new AssertionError("seed " + seed + ", replay with -Ddaybook.compaction.seed=" + seed, e);
            }
        }
    }

    private void run(Random dice) throws IOException {
        Machine machine = Machine.fresh(1, 1 + dice.nextInt(2), SimDisk.Power.steady());
        StepBookie bookie = StepBookie.start(machine, CACHE_BYTES);
        for (int i = 0; i < STEPS; i++) {
            step(bookie, dice);
            if (dice.nextInt(40) == 0) {
                bookie.commit();
                bookie = StepBookie.start(machine, 1 + dice.nextInt(4000));
            }
            if (dice.nextInt(10) == 0) {
                check(bookie);
            }
        }
        check(bookie);
        spaceComesBack(bookie);
        check(StepBookie.start(machine, CACHE_BYTES));
    }

    private void step(StepBookie bookie, Random dice) throws IOException {
        long ledgerId = dice.nextInt(LEDGERS);
        int kind = dice.nextInt(100);
        if (kind < 60) {
            long entryId = dice.nextInt(ENTRIES);
            byte[] body = StepBookie.body(ledgerId, entryId, dice.nextInt(400), dice.nextInt(100));
            bookie.add(ledgerId, entryId, body, true, false, answer -> ok(answer.verdict()));
            model.computeIfAbsent(ledgerId, id -> new TreeMap<>()).put(entryId, body);
            bookie.commit();
        } else if (kind < 65) {
            bookie.delete(ledgerId, answer -> ok(answer.verdict()));
            model.remove(ledgerId);
            bookie.commit();
        } else if (kind < 80) {
            bookie.flush();
        } else if (kind < 85) {
            bookie.reclaim();
        } else {
            bookie.compact(1 + dice.nextInt(4), 1 + dice.nextInt(6));
        }
    }

    private static void ok(Verdict verdict) {
        assertThat(verdict).isEqualTo(Verdict.OK);
    }

    private void check(StepBookie bookie) {
        for (long ledgerId = 0; ledgerId < LEDGERS; ledgerId++) {
            TreeMap<Long, byte[]> entries = model.getOrDefault(ledgerId, new TreeMap<>());
            for (long entryId = 0; entryId < ENTRIES; entryId++) {
                StepBookie.Said answer = bookie.readNow(ledgerId, entryId);
                byte[] body = entries.get(entryId);
                if (body == null) {
                    assertThat(answer.verdict().isExplicitNegative())
                            .as("%d/%d is not here: %s", ledgerId, entryId, answer.verdict())
                            .isTrue();
                } else {
                    assertThat(answer.verdict()).as("%d/%d", ledgerId, entryId).isEqualTo(Verdict.OK);
                    assertThat(answer.payload().orElseThrow())
                            .as("%d/%d", ledgerId, entryId)
                            .isEqualTo(body);
                }
            }
        }
    }

    /** With one living entry left, all logs together hold little more than that. */
    private void spaceComesBack(StepBookie bookie) throws IOException {
        for (long ledgerId = 0; ledgerId < LEDGERS; ledgerId++) {
            bookie.delete(ledgerId, answer -> ok(answer.verdict()));
            bookie.commit();
        }
        model.clear();
        byte[] body = StepBookie.body(1, 1, 100, 7);
        bookie.add(1, 1, body, true, false, answer -> ok(answer.verdict()));
        model.computeIfAbsent(1L, id -> new TreeMap<>()).put(1L, body);
        for (int i = 0; i < 3; i++) {
            bookie.flush();
            bookie.compact(Integer.MAX_VALUE, 5);
            bookie.reclaim();
        }
        assertThat(bookie.entryLogBytes()).isLessThan(4 * 8192);
    }
}
