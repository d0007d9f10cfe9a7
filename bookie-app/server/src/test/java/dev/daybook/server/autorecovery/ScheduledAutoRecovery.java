package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.core.audit.Search;
import dev.daybook.core.effect.Dice;
import dev.daybook.metrics.RecoveryMetrics;

/**
 * Auto-recovery without a thread for the simulator of the whole system: the same worker and the same auditor's office, of
 * which every step is an event of somebody else's clock.
 */
public final class ScheduledAutoRecovery {
    private final ReplicationWorker worker;
    private final AuditorOffice office;

    /** When the loop gets to work. Tasks of one time are done in the order in which they came. */
    public interface Schedule {
        long nowMillis();

        /** @return closed to call it off */
        Subscription later(long delayMillis, Runnable task);
    }

    private ScheduledAutoRecovery(ReplicationWorker worker, AuditorOffice office) {
        this.worker = worker;
        this.office = office;
    }

    /** Begins to work. */
    public static ScheduledAutoRecovery start(
            AutoRecoveryConfig config, Schedule schedule, MetadataStore store, LedgerRepairs repairs, Dice dice) {
        SerialLoop loop = new ScheduledLoop(schedule);
        ScheduledAutoRecovery begun = new ScheduledAutoRecovery(
                new ReplicationWorker(loop, store, repairs, config, RecoveryMetrics.NONE, dice),
                new AuditorOffice(loop, store, repairs, config, RecoveryMetrics.NONE, (term, office) -> TermDuty.NONE));
        loop.execute(begun.worker::start);
        loop.execute(begun.office::start);
        return begun;
    }

    /** @return false if this is not the auditor, or not yet */
    public boolean demand(Search search) {
        return office.demand(search);
    }

    public AuditActivity audit() {
        return office.activity();
    }

    public RepairActivity repairs() {
        return worker.activity(Integer.MAX_VALUE);
    }

    private record ScheduledLoop(Schedule schedule) implements SerialLoop {
        @Override
        public long nowMillis() {
            return schedule.nowMillis();
        }

        @Override
        public long epochMillis() {
            return schedule.nowMillis();
        }

        @Override
        public void execute(Runnable task) {
            schedule.later(0, task);
        }

        @Override
        public Subscription later(long delayMillis, Runnable task) {
            return schedule.later(delayMillis, task);
        }
    }
}
