package dev.daybook.core.log;

import dev.daybook.protocol.model.LedgerId;

/**
 * One ledger of a log.
 *
 * @param number counts the log's ledgers from 0; a number is never given twice, and there may be gaps
 * @param epoch of the writer that brought the segment to its present phase
 * @param openedMillis when the segment was reserved, later when it became active, since 1970
 * @param lastEntry of a sealed segment, else -1
 * @param bytes payload bytes of a sealed segment, else 0
 */
public record LogSegment(
        long number, LedgerId ledger, long epoch, Phase phase, long openedMillis, long lastEntry, long bytes) {
    /** What is known of a segment's ledger. */
    public enum Phase {
        /** Its id is taken. The ledger may exist; nobody's record is in it. */
        RESERVED,
        /** It takes records, or did when its writer died. */
        ACTIVE,
        /** It is closed and will never change. */
        SEALED
    }

    public LogSegment {
        if (number < 0 || epoch < 0 || lastEntry < -1 || bytes < 0) {
            throw new IllegalArgumentException("segment " + number + " of epoch " + epoch + " with last entry "
                    + lastEntry + " and " + bytes + " bytes is none");
        }
        if (phase != Phase.SEALED && (lastEntry != -1 || bytes != 0)) {
            throw new IllegalArgumentException("the end of segment " + number + " is known although it is " + phase);
        }
    }

    public boolean isSealed() {
        return phase == Phase.SEALED;
    }

    LogSegment active(long newEpoch, long nowMillis) {
        return new LogSegment(number, ledger, newEpoch, Phase.ACTIVE, nowMillis, -1, 0);
    }

    LogSegment sealed(long newEpoch, long newLastEntry, long newBytes) {
        return new LogSegment(number, ledger, newEpoch, Phase.SEALED, openedMillis, newLastEntry, newBytes);
    }
}
