package dev.daybook.core.job;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Optional;

/**
 * Take ledgers one after the other, or some at once; answered by {@link JobCourse#onPassEnded}.
 *
 * @param purpose what to do with each
 * @param ledgers these and no others; empty: all of the cluster
 */
public record BeginPass(Purpose purpose, Optional<List<LedgerId>> ledgers) implements Effect<JobTraffic> {
    /** What is done with a ledger. */
    public enum Purpose {
        /** Tell {@link JobCourse#survey} of it. */
        SURVEY,
        /** Ask {@link JobCourse#judge}, do that, and tell how it ended. */
        MOVE
    }

    public BeginPass {
        ledgers = ledgers.map(List::copyOf);
    }

    @Override
    public void dispatch(JobTraffic handler) {
        handler.beginPass(this);
    }
}
