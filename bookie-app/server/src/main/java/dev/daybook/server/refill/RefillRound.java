package dev.daybook.server.refill;

import dev.daybook.client.LedgerException;
import dev.daybook.client.repair.RepairReport;
import dev.daybook.client.repair.RepairRun;
import dev.daybook.server.shard.LimboLedgers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One attempt for each ledger, some at a time. Everything but {@link #stop} happens on the thread that runs it. */
final class RefillRound {
    private final Peers peers;
    private final RefillAgenda agenda;
    private final LimboLedgers limbo;
    private final RefillProgress progress;

    /** What answers do. */
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

    private int underWay;
    private volatile boolean stopped;

    RefillRound(Peers peers, RefillAgenda agenda, LimboLedgers limbo, RefillProgress progress) {
        this.peers = peers;
        this.agenda = agenda;
        this.limbo = limbo;
        this.progress = progress;
    }

    /**
     * Returns when all were tried, or after a stop. The last ones first: they are the newest, and asked for most.
     *
     * @param atOnce ledgers under way at the same time
     */
    void run(long[] ledgerIds, int atOnce) throws InterruptedException {
        int next = ledgerIds.length - 1;
        while (!stopped && (next >= 0 || underWay > 0)) {
            while (next >= 0 && underWay < atOnce) {
                underWay++;
                attempt(ledgerIds[next--]);
            }
            events.take().run();
        }
    }

    /** Lets the round end although attempts are under way. Any thread. */
    void stop() {
        stopped = true;
        events.add(() -> {});
    }

    private void attempt(long ledgerId) {
        RepairRun run = peers.refill(ledgerId);
        progress.began(ledgerId, run);
        then(ledgerId, run.end(), report -> {
            progress.ended(ledgerId, report.tally());
            afterAttempt(ledgerId, report);
        });
    }

    private void afterAttempt(long ledgerId, RepairReport report) {
        long nowMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        RefillAgenda.Step step = agenda.afterAttempt(ledgerId, report.outcome(), nowMillis);
        if (step instanceof RefillAgenda.Step.EndLimbo) {
            then(ledgerId, limbo.end(ledgerId), durable -> afterEnd(ledgerId, durable));
        } else if (step instanceof RefillAgenda.Step.Recover) {
            then(ledgerId, peers.recover(ledgerId), closed -> attempt(ledgerId));
        } else if (step instanceof RefillAgenda.Step.Stay stay) {
            underWay--;
            progress.stays(ledgerId, stay.why());
        }
    }

    private void afterEnd(long ledgerId, boolean durable) {
        underWay--;
        if (durable) {
            progress.filled(ledgerId);
        } else {
            progress.stays(ledgerId, "Everything is here, but that could not be made durable.");
        }
    }

    /** Goes on with the answer on this thread; without one the ledger stays. */
    private <T> void then(long ledgerId, CompletionStage<T> asked, Consumer<T> answered) {
        asked.whenComplete((answer, failure) -> events.add(() -> {
            if (failure == null) {
                answered.accept(answer);
            } else {
                underWay--;
                progress.stays(ledgerId, sentence(failure));
            }
        }));
    }

    /** Why something failed, for a person. */
    static String sentence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof LedgerException ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
