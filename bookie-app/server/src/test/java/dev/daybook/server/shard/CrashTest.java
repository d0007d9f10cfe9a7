package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Cuts the power before every storage call of random scripts and looks whether the bookie keeps its promises after the
 * restart. {@code -Ddaybook.crash.seed=N} replays one script, {@code -Ddaybook.crash.states=N} runs until that many
 * states were seen. {@code -Ddaybook.crash.subset-bits=N} and {@code -Ddaybook.crash.small-scripts=N} say how far the
 * exhaustive test goes. See CRASHES.md of the storage module.
 */
class CrashTest {
    private static final int OUTCOMES_PER_CUT = 2;

    @Test
    void keepsItsPromisesWheneverThePowerGoes() throws Exception {
        Long chosen = Long.getLong("daybook.crash.seed");
        if (chosen != null) {
            System.out.println("crash states: " + runOne(chosen));
            return;
        }
        long wanted = Long.getLong("daybook.crash.states", 100_000);
        long firstSeed = new Random().nextLong();
        AtomicLong nextSeed = new AtomicLong(firstSeed);
        AtomicLong states = new AtomicLong();
        System.out.println("first seed: " + firstSeed);
        inParallel(() -> {
            while (states.get() < wanted) {
                states.addAndGet(runOne(nextSeed.getAndIncrement()));
            }
            return states.get();
        });
        System.out.println("crash states: " + states + ", scripts: " + (nextSeed.get() - firstSeed));
        assertThat(states.get()).isGreaterThanOrEqualTo(wanted);
    }

    /** Of scripts of eight steps every cut, and up to some number of unsynced changes every subset of these. */
    @Test
    void keepsItsPromisesInEveryOutcomeOfSmallScripts() throws Exception {
        long firstSeed = Long.getLong("daybook.crash.seed", new Random().nextLong());
        int scripts = Integer.getInteger("daybook.crash.small-scripts", 4);
        CrashRun.Depth depth = CrashRun.Depth.exhaustive(Integer.getInteger("daybook.crash.subset-bits", 5), 8);
        long states = 0;
        for (long seed = firstSeed; seed < firstSeed + scripts; seed++) {
            states += runOne(seed, depth);
        }
        System.out.println("crash states of small scripts: " + states + ", first seed: " + firstSeed);
        assertThat(states).isPositive();
    }

    private static long runOne(long seed) {
        return runOne(seed, CrashRun.Depth.sampled(OUTCOMES_PER_CUT));
    }

    private static long runOne(long seed, CrashRun.Depth depth) {
        try {
            return new CrashRun(seed, depth).run();
        } catch (Throwable e) {
            throw new AssertionError("replay with -Ddaybook.crash.seed=" + seed, e);
        }
    }

    private static void inParallel(Callable<Long> work) throws Exception {
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(work));
            }
            for (Future<Long> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError found) {
                throw found;
            }
            throw e;
        } finally {
            pool.shutdownNow();
        }
    }
}
