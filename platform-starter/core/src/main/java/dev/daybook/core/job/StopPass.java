package dev.daybook.core.job;

import dev.daybook.core.effect.Effect;

/** Begin nothing more of the pass under way, if there is one, and do not tell its end. What was begun is finished. */
public record StopPass() implements Effect<JobTraffic> {
    @Override
    public void dispatch(JobTraffic handler) {
        handler.stopPass(this);
    }
}
