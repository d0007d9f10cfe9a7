package dev.daybook.server.autorecovery;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.core.job.BalanceLimits;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobPlan;
import dev.daybook.core.job.JobSurvey;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds out what a job would do, before anybody orders it. Changes nothing. Thread-safe. */
public final class JobPlanning implements AutoCloseable {
    private static final int LEDGERS_AT_ONCE = 100;

    private final LoopThread loop = new LoopThread("daybook-planning");
    private final LedgerClient client;

    /** @param client stays the caller's */
    public JobPlanning(LedgerClient client) {
        this.client = client;
    }

    /** Reads the metadata of every ledger of the cluster. */
    public CompletionStage<JobPlan> evacuation(Evacuation order) {
        CompletableFuture<JobPlan> planned = new CompletableFuture<>();
        loop.ask(
                () -> client.admin().bookies(),
                bookies -> survey(order, bookies, planned),
                planned::completeExceptionally);
        return planned;
    }

    private void survey(Evacuation order, List<BookieRecord> bookies, CompletableFuture<JobPlan> planned) {
        Set<BookieId> alive = new HashSet<>();
        Set<BookieId> writable = new HashSet<>();
        for (BookieRecord bookie : bookies) {
            if (bookie.state() != BookieRecord.State.DOWN) {
                alive.add(bookie.id());
            }
            if (bookie.state() == BookieRecord.State.WRITABLE) {
                writable.add(bookie.id());
            }
        }
        JobSurvey survey = new JobSurvey(order, alive, writable);
        LedgerAdmin admin = client.admin();
        LedgerSearch look = ledger -> count(admin, survey, ledger);
        new LedgerWalk(loop, admin::ledgers, look, LEDGERS_AT_ONCE, complete -> {
                    if (complete) {
                        planned.complete(survey.plan());
                    } else {
                        planned.completeExceptionally(new IllegalStateException(
                                "The ledgers could not all be read, so no plan was made: try again."));
                    }
                })
                .start();
    }

    private CompletionStage<Void> count(LedgerAdmin admin, JobSurvey survey, LedgerId ledger) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.ask(
                () -> admin.ledger(ledger),
                found -> {
                    found.map(Versioned::value).ifPresent(metadata -> survey.add(ledger, metadata));
                    done.complete(null);
                },
                done::completeExceptionally);
        return done;
    }

    /** Reads the metadata of every ledger of the cluster twice, and asks every bookie how full it is. */
    public CompletionStage<JobPlan> rebalance(BalanceLimits limits) {
        return new BalanceSurvey(loop, client.admin(), client.repairs(), limits).plan();
    }

    /** Plans under way do not end. */
    @Override
    public void close() {
        loop.close();
    }
}
