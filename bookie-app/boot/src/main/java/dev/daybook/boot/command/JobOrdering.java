package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.meta.job.Submission;
import dev.daybook.core.job.BalanceLimits;
import dev.daybook.core.job.JobOrder;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.JobPlan;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.server.autorecovery.JobPlanning;

/** Plans a job, shows the plan or orders the job, and waits for its end if that is wanted. */
final class JobOrdering {
    private final ConnectionOptions connection;
    private final OutputOptions output;
    private final JobOptions options;

    JobOrdering(ConnectionOptions connection, OutputOptions output, JobOptions options) {
        this.connection = connection;
        this.output = output;
        this.options = options;
    }

    /** @return the exit code */
    int evacuate(Evacuation order) {
        try (LedgerClient client = connection.client();
                JobPlanning planning = new JobPlanning(client)) {
            JobPlan plan = Answers.await(planning.evacuation(order));
            if (plan.ledgers() == 0) {
                requireKnown(client, order.bookie());
            }
            return goOn(plan);
        }
    }

    /** @return the exit code */
    int rebalance(BalanceLimits limits) {
        try (LedgerClient client = connection.client();
                JobPlanning planning = new JobPlanning(client)) {
            return goOn(Answers.await(planning.rebalance(limits)));
        }
    }

    /** An id that is mistyped would otherwise be found to be empty. */
    private static void requireKnown(LedgerClient client, BookieId bookie) {
        if (Answers.await(client.admin().bookies()).stream()
                .map(BookieRecord::id)
                .noneMatch(bookie::equals)) {
            throw new RoleRefused(
                    RoleRefused.NOT_FOUND,
                    "No bookie " + bookie + " ever joined the cluster, and no ledger names it: see 'daybook bookie"
                            + " list'.");
        }
    }

    private int goOn(JobPlan plan) {
        boolean pointless =
                plan.order() instanceof Rebalance moves && moves.moves().isEmpty();
        if (options.dryRun() || pointless) {
            new JobPrint(output).show(plan);
            return 0;
        }
        if (!plan.refusal().isEmpty()) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, plan.refusal());
        }
        try (MetadataStore store = connection.store()) {
            return order(store, plan.order());
        }
    }

    private int order(MetadataStore store, JobOrder order) {
        if (Answers.await(store.repairs().auditor()).isEmpty()) {
            throw new RoleRefused(
                    RoleRefused.NOT_FOUND,
                    "No auditor is elected, so nobody would carry it out: run 'daybook autorecovery', or bookies that"
                            + " take part in repair.");
        }
        JobStore jobs = new JobStore(store.records());
        Submission submission = Answers.await(jobs.submit(order, System.currentTimeMillis()));
        if (submission instanceof Submission.Refused refused) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, refused.why());
        }
        long id = ((Submission.Accepted) submission).job().id();
        if (!options.waits()) {
            new JobPrint(output).show(JobWait.existing(jobs, id));
            return 0;
        }
        if (!output.json()) {
            System.err.println("Job " + id + " is ordered. It goes on if you stop waiting: see 'daybook job show " + id
                    + "' and 'daybook job cancel " + id + "'.");
        }
        return new JobWait(jobs, output).until(id);
    }
}
