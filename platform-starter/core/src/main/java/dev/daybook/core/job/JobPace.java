package dev.daybook.core.job;

/**
 * How long a job waits for what, milliseconds.
 *
 * @param grace for the writer of an open ledger to replace a bookie or to close the ledger
 * @param retry between two attempts at what could not be moved
 * @param readOnly for a bookie to take no new entries any more
 * @param patience without anything moved, while something that may pass is in the way
 */
public record JobPace(long grace, long retry, long readOnly, long patience) {
    public static final JobPace DEFAULT = new JobPace(30_000, 2_000, 30_000, 180_000);

    public JobPace {
        if (grace < 0 || retry < 1 || readOnly < 0 || patience < 0) {
            throw new IllegalArgumentException("a job's waits must not be negative");
        }
    }

    public JobPace withGrace(long newGrace) {
        return new JobPace(newGrace, retry, readOnly, patience);
    }
}
