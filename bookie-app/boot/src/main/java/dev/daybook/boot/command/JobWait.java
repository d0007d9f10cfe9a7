package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobProgress;
import dev.daybook.core.job.JobState;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for the end of a job, with a bar for a person, and makes an exit code of it. */
final class JobWait {
    /** The job ended, and some ledgers could not be moved. */
    static final int BLOCKED = 8;

    /** The job was cancelled. */
    static final int CANCELLED = 9;

    /** The job ended because of a bug. */
    private static final int FAILED = 1;

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final JobStore jobs;
    private final OutputOptions output;

    JobWait(JobStore jobs, OutputOptions output) {
        this.jobs = jobs;
        this.output = output;
    }

    int until(long id) {
        ProgressLine line = output.progress();
        Job job = find(id);
        while (!job.state().isEnd()) {
            JobProgress progress = job.report().progress();
            line.show(
                    "Job " + id + " " + job.state().name().toLowerCase(Locale.ROOT),
                    progress.moved(),
                    progress.ledgers(),
                    progress.moved() + " of " + progress.ledgers() + " ledgers. "
                            + job.report().remark());
            LockSupport.parkNanos(LOOK_NANOS);
            job = find(id);
        }
        line.end();
        new JobPrint(output).show(job);
        return exitCode(job.state());
    }

    private Job find(long id) {
        return existing(jobs, id);
    }

    /** @throws RoleRefused if there is no such job */
    static Job existing(JobStore jobs, long id) {
        return Answers.await(jobs.find(id))
                .orElseThrow(() -> new RoleRefused(
                        RoleRefused.NOT_FOUND,
                        "There is no job " + id + "; of those that have ended, the last " + JobStore.HISTORY
                                + " are kept."))
                .value();
    }

    static int exitCode(JobState state) {
        return switch (state) {
            case PLANNED, RUNNING, DONE -> 0;
            case BLOCKED -> BLOCKED;
            case CANCELLED -> CANCELLED;
            case FAILED -> FAILED;
        };
    }
}
