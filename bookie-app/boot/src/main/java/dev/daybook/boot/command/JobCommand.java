package dev.daybook.boot.command;

import dev.daybook.boot.facts.JobFacts;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.core.job.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook job}. */
@Command(
        name = "job",
        description = "Look at jobs that move copies between bookies, and cancel them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {JobCommand.Jobs.class, JobCommand.Show.class, JobCommand.Cancel.class})
final class JobCommand {
    /** {@code daybook job list}. */
    @Command(
            name = "list",
            description = {
                "List jobs, the oldest first; of those that have ended, the last " + JobStore.HISTORY + ".",
                "",
                "JSON: type job, with the members of 'daybook job show' but blockers and moves."
            })
    static final class Jobs extends OperatorCommand {
        @Option(names = "--running", description = "Only jobs that have not ended.")
        private boolean running;

        @Override
        public Integer call() {
            try (MetadataStore store = connection.store();
                    Listing listing = new Listing(
                            output, "job", "job", "kind", "bookie", "state", "moved", "ledgers", "blocked", "remark")) {
                for (Job job : Answers.await(new JobStore(store.records()).list())) {
                    if (!running || !job.state().isEnd()) {
                        listing.add(JobFacts.of(job));
                    }
                }
            }
            return 0;
        }
    }

    /** A command about one job. */
    abstract static class JobOperation extends OperatorCommand {
        @Parameters(paramLabel = "JOB", description = "Number of the job.")
        private long id;

        @Override
        public final Integer call() {
            try (MetadataStore store = connection.store()) {
                JobStore jobs = new JobStore(store.records());
                return handle(jobs, JobWait.existing(jobs, id));
            }
        }

        /** @return the exit code */
        abstract int handle(JobStore jobs, Job job);
    }

    /** {@code daybook job show}. */
    @Command(
            name = "show",
            description = {
                "Show a job, and the ledgers that are in its way.",
                "",
                "JSON: type job, with job, kind (decommission, drain, replace, rebalance), bookie, successor, forced, state"
                        + " (planned, running, done, blocked, cancelled, failed), remark (what it waits for, or how it"
                        + " ended), ledgers, moved, copies, bytes, blocked (how many could not be moved), runner,"
                        + " cancelAsked, createdMillis, startedMillis, endedMillis, blockers (ledger, why; at most 50),"
                        + " moves (ledger, from, to, bytes).",
                "",
                "With --wait the exit code tells how it ended."
            })
    static final class Show extends JobOperation {
        @Option(names = "--wait", description = "Wait for its end first.")
        private boolean wait;

        @Override
        int handle(JobStore jobs, Job job) {
            if (wait) {
                return new JobWait(jobs, output).until(job.id());
            }
            new JobPrint(output).show(job);
            return 0;
        }
    }

    /** {@code daybook job cancel}. */
    @Command(
            name = "cancel",
            description = {
                "Have a job end within seconds. What was moved stays where it is; ledgers under way are finished; a bookie"
                        + " that was being emptied takes new entries again.",
                "",
                "JSON: type job, as of show."
            })
    static final class Cancel extends JobOperation {
        @Option(names = "--dry-run", description = "Only show the job.")
        private boolean dryRun;

        @Override
        int handle(JobStore jobs, Job job) {
            new JobPrint(output)
                    .show(
                            dryRun
                                    ? job
                                    : Answers.await(jobs.cancel(job.id(), System.currentTimeMillis()))
                                            .orElse(job));
            return 0;
        }
    }
}
