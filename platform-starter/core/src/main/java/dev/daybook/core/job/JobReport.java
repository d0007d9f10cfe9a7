package dev.daybook.core.job;

/**
 * What is told of a job while it runs and when it has ended.
 *
 * @param blockers what could not be moved at the last attempt
 * @param remark one sentence for a person: what it waits for, or how it ended; empty if there is nothing to say
 */
public record JobReport(JobProgress progress, Blockers blockers, String remark) {
    public static final JobReport NOTHING = new JobReport(JobProgress.NOTHING, Blockers.NONE, "");
}
