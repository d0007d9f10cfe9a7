package dev.daybook.core.job;

import java.util.OptionalLong;

/**
 * A job as it is stored, so that whoever is the auditor next can go on with it.
 *
 * @param id ascending in the order of creation
 * @param cancelAsked whether somebody wants it to end
 */
public record Job(
        long id, JobOrder order, JobState state, JobReport report, Times times, Claim claim, boolean cancelAsked) {
    /** Milliseconds since the epoch. */
    public record Times(long created, OptionalLong started, OptionalLong ended) {}

    /**
     * Who carries it out.
     *
     * @param runner for people; empty if nobody has begun
     * @param term of the auditor; whoever sees a larger one than its own stops
     */
    public record Claim(String runner, long term) {
        static final Claim NONE = new Claim("", -1);
    }

    public static Job planned(long id, JobOrder order, long createdMillis) {
        return new Job(
                id,
                order,
                JobState.PLANNED,
                JobReport.NOTHING,
                new Times(createdMillis, OptionalLong.empty(), OptionalLong.empty()),
                Claim.NONE,
                false);
    }

    /** Carried out from now on by this one. */
    public Job claimed(Claim newClaim, long nowMillis) {
        Times begun =
                new Times(times.created(), OptionalLong.of(times.started().orElse(nowMillis)), OptionalLong.empty());
        return new Job(id, order, JobState.RUNNING, report, begun, newClaim, cancelAsked);
    }

    public Job reporting(JobReport newReport) {
        return new Job(id, order, state, newReport, times, claim, cancelAsked);
    }

    public Job ended(JobState end, JobReport last, long nowMillis) {
        Times over = new Times(times.created(), times.started(), OptionalLong.of(nowMillis));
        return new Job(id, order, end, last, over, claim, cancelAsked);
    }

    /** What has not begun ends at once; what runs, when whoever carries it out has heard of it. */
    public Job cancelled(long nowMillis) {
        if (state == JobState.PLANNED) {
            return ended(
                    JobState.CANCELLED,
                    new JobReport(report.progress(), report.blockers(), "It was cancelled before it began."),
                    nowMillis);
        }
        return new Job(id, order, state, report, times, claim, true);
    }
}
