package dev.daybook.core.repair;

/**
 * What a repair has done.
 *
 * @param copies entries written, each counted once per bookie that got it
 * @param bytes payload bytes of them
 * @param replaced members of fragments that were replaced in the metadata
 */
public record RepairTally(long copies, long bytes, int replaced) {
    static final RepairTally NOTHING = new RepairTally(0, 0, 0);

    RepairTally plusCopies(long moreCopies, long moreBytes) {
        return new RepairTally(copies + moreCopies, bytes + moreBytes, replaced);
    }

    RepairTally plusReplaced(int more) {
        return new RepairTally(copies, bytes, replaced + more);
    }
}
