package dev.daybook.bench.compare;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Four bookies hold many ledgers with three copies each, and one is killed: how long auto-recovery takes until every ledger has
 * three again, and what that does to a writer that goes on at a fixed pace. Auto-recovery is a process of its own, with its
 * defaults; its clock begins when the metadata service has noticed the loss.
 */
final class HealStage implements Stage {
    private static final int BOOKIES = 4;
    private static final int ENTRIES_OF_A_LEDGER = 1_000;
    private static final long ENTRY_BYTES = 1_024;
    private static final long PATIENCE_SECONDS = 3_600;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String FOREGROUND = "write --v2 --rate 1000 --warmup 1 --seconds ";

    @Override
    public void run(Session session) throws InterruptedException {
        for (int number = 1; number <= session.plan().soloRepeats(); number++) {
            for (Subject subject : session.plan().subjects()) {
                // The tunings of the reference differ in the journal only, which repair does not wait for.
                if (subject != Subject.LATENCY) {
                    measure(session, subject, number);
                }
            }
        }
    }

    private static void measure(Session session, Subject subject, int number) throws InterruptedException {
        Cluster cluster = Cluster.start(session, subject, "heal" + number, BOOKIES);
        try {
            Plan plan = session.plan();
            session.warm(
                    cluster,
                    "write --v2 --warmup 0 --outstanding 1000 --keep --entries "
                            + plan.healLedgers() * (long) ENTRIES_OF_A_LEDGER + " --ledgers " + plan.healLedgers()
                            + " --ledgers-file "
                            + session.paths().results().resolve("heal.ledgers"));
            Machine.settle(10);
            session.measure(Rows.FOREGROUND_BEFORE, cluster, number, FOREGROUND + plan.foregroundSeconds());
            Child recovery = cluster.startAutoRecovery();
            try {
                heal(session, cluster, number);
            } finally {
                recovery.end();
            }
        } finally {
            cluster.close();
        }
    }

    private static void heal(Session session, Cluster cluster, int number) throws InterruptedException {
        Healing healing = new Healing(cluster.store(), cluster.lastBookie());
        cluster.killLast();
        long begin = System.nanoTime();
        CompletableFuture<Run> foreground = foreground(session, cluster, number);
        long deadline = begin + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!healing.isDone()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(cluster.subject().title() + " has not repaired everything within "
                        + PATIENCE_SECONDS + " s: " + healing);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Run during = foreground.join();
        session.record(during);
        Map<String, Double> values = new HashMap<>();
        values.put("healSeconds", seconds);
        values.put("healedLedgers", (double) healing.ledgers());
        values.put("healedMegabytesPerSecond", healing.ledgers() * ENTRIES_OF_A_LEDGER * ENTRY_BYTES / 1e6 / seconds);
        session.record(new Run(Rows.HEAL, cluster.subject().id(), number, during.otherCores(), values));
        session.say("    " + values);
    }

    private static CompletableFuture<Run> foreground(Session session, Cluster cluster, int number) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return session.run(
                        Rows.FOREGROUND_DURING,
                        cluster,
                        number,
                        FOREGROUND + session.plan().foregroundSeconds());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    /** Whether the ledgers of a lost bookie have their copies elsewhere; asks little while there is much to do. */
    private static final class Healing {
        private static final int PAGE = 1_000;

        private final MetadataStore store;
        private final BookieId lost;
        private final long concerned;

        Healing(MetadataStore store, BookieId lost) {
            this.store = store;
            this.lost = lost;
            this.concerned = remaining();
        }

        long ledgers() {
            return concerned;
        }

        /** Marks may be gone for a moment before all are made, so the ledgers have the last word. */
        boolean isDone() {
            return store.repairs()
                            .marked(Optional.empty(), 1)
                            .toCompletableFuture()
                            .join()
                            .isEmpty()
                    && remaining() == 0;
        }

        private long remaining() {
            long remaining = 0;
            List<LedgerId> page = page(Optional.empty());
            while (!page.isEmpty()) {
                remaining += page.stream().filter(this::isConcerned).count();
                page = page(Optional.of(page.get(page.size() - 1)));
            }
            return remaining;
        }

        private List<LedgerId> page(Optional<LedgerId> after) {
            return store.ledgers(after, PAGE).toCompletableFuture().join();
        }

        private boolean isConcerned(LedgerId ledger) {
            return store.read(ledger).toCompletableFuture().join().stream()
                    .flatMap(record -> record.value().fragments().stream())
                    .anyMatch(fragment -> fragment.ensemble().contains(lost));
        }

        @Override
        public String toString() {
            return remaining() + " of " + concerned + " ledgers are left";
        }
    }
}
