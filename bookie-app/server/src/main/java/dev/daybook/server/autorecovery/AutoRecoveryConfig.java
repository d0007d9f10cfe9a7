package dev.daybook.server.autorecovery;

import dev.daybook.core.audit.SearchPlan;
import dev.daybook.core.job.BalanceLimits;
import dev.daybook.core.job.JobPace;
import dev.daybook.core.work.WorkPace;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What auto-recovery is told.
 *
 * @param name in votes and locks, for people: the bookie's id, or the machine
 * @param copying how much of the cluster's means repairs take
 * @param pace how long the worker waits for what
 * @param audit what this process does while it is the auditor
 * @param jobs how it carries out jobs then
 * @param duties at least one
 */
public record AutoRecoveryConfig(
        String name, Copying copying, WorkPace pace, Audit audit, Jobs jobs, Set<Duty> duties) {
    public AutoRecoveryConfig {
        if (name.isBlank()) {
            throw new IllegalArgumentException("auto-recovery needs a name");
        }
        if (duties.isEmpty()) {
            throw new IllegalArgumentException("auto-recovery needs a duty: audit, repair, or both");
        }
        duties = Set.copyOf(duties);
    }

    /** @param name as above */
    public static AutoRecoveryConfig of(String name) {
        return new AutoRecoveryConfig(
                name,
                Copying.DEFAULT,
                WorkPace.DEFAULT,
                Audit.AFTER_LOSSES_ONLY,
                Jobs.ON_DEMAND,
                EnumSet.allOf(Duty.class));
    }

    public AutoRecoveryConfig withPace(WorkPace newPace) {
        return new AutoRecoveryConfig(name, copying, newPace, audit, jobs, duties);
    }

    public AutoRecoveryConfig withAudit(Audit newAudit) {
        return new AutoRecoveryConfig(name, copying, pace, newAudit, jobs, duties);
    }

    public AutoRecoveryConfig withJobs(Jobs newJobs) {
        return new AutoRecoveryConfig(name, copying, pace, audit, newJobs, duties);
    }

    public AutoRecoveryConfig withDuties(Set<Duty> newDuties) {
        return new AutoRecoveryConfig(name, copying, pace, audit, jobs, newDuties);
    }

    /**
     * How much of the cluster's means repairs take.
     *
     * @param ledgersAtOnce repairs of this worker at the same time
     * @param bytesPerSecond read by all its repairs together; 0 for no limit
     * @param givingWay whether they slow down when others have to wait for bookies
     */
    public record Copying(int ledgersAtOnce, long bytesPerSecond, boolean givingWay) {
        public static final Copying DEFAULT = new Copying(4, 0, true);

        public Copying {
            if (ledgersAtOnce < 1) {
                throw new IllegalArgumentException("a worker repairs one ledger at once or more, was " + ledgersAtOnce);
            }
            if (bytesPerSecond < 0) {
                throw new IllegalArgumentException("bytes per second must not be negative, was " + bytesPerSecond);
            }
        }
    }

    /**
     * How jobs are carried out.
     *
     * @param balancing whether bookies are evened out without an operator's order, and when
     */
    public record Jobs(JobPace pace, Optional<Balancing> balancing) {
        /** What operators order, and nothing else. */
        public static final Jobs ON_DEMAND = new Jobs(JobPace.DEFAULT, Optional.empty());
    }

    /**
     * When and how far bookies are evened out without an operator's order.
     *
     * @param intervalMillis between two looks
     */
    public record Balancing(long intervalMillis, BalanceLimits limits) {
        public Balancing {
            if (intervalMillis < 1) {
                throw new IllegalArgumentException(
                        "the time between two looks at the balance must be positive, was " + intervalMillis);
            }
        }
    }

    /**
     * What an auditor does.
     *
     * @param lostBookieDelaySeconds stored for the cluster if nothing is stored there
     * @param percent of the entries that the search for missing copies asks for, besides first and last ones
     * @param repairsPlacement whether closed ledgers that fail the placement policy are marked, and this process's worker
     *     moves copies of those that anybody has marked so
     */
    public record Audit(SearchPlan plan, long lostBookieDelaySeconds, int percent, boolean repairsPlacement) {
        static final Audit AFTER_LOSSES_ONLY = new Audit(new SearchPlan(Map.of()), 0, 0, false);

        public Audit {
            if (lostBookieDelaySeconds < 0) {
                throw new IllegalArgumentException(
                        "the delay of lost bookies must not be negative, was " + lostBookieDelaySeconds);
            }
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("a share lies between 0 and 100 percent, was " + percent);
            }
        }
    }
}
