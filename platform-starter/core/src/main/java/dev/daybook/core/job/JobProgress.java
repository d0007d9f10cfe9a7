package dev.daybook.core.job;

import dev.daybook.core.repair.RepairTally;

/**
 * How much is done.
 *
 * @param ledgers to be moved, as far as is known
 * @param moved of them
 * @param copies entries written, each counted once per bookie that got it
 * @param bytes payload bytes of them
 */
public record JobProgress(long ledgers, long moved, long copies, long bytes) {
    public static final JobProgress NOTHING = new JobProgress(0, 0, 0, 0);

    JobProgress of(long newLedgers) {
        return new JobProgress(Math.max(newLedgers, moved), moved, copies, bytes);
    }

    JobProgress withMoved(long newMoved) {
        return new JobProgress(Math.max(ledgers, newMoved), newMoved, copies, bytes);
    }

    JobProgress plus(RepairTally tally) {
        return new JobProgress(ledgers, moved, copies + tally.copies(), bytes + tally.bytes());
    }
}
