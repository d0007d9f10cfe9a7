package dev.daybook.core.job;

import dev.daybook.core.effect.Effect;

/** The job has ended; its last report says how. */
public record EndJob(JobState state) implements Effect<JobTraffic> {
    @Override
    public void dispatch(JobTraffic handler) {
        handler.endJob(this);
    }
}
