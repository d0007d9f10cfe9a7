package dev.daybook.engine.compaction;

/**
 * How one kind of compaction is done.
 *
 * @param threshold live share of an entry log below which it is rewritten; 0 or less switches the kind off
 * @param intervalMillis at most this often; 0 or less: only when an operator asks
 * @param maxMillis a run that took longer begins no further entry log; 0 or less: no limit
 */
public record CompactionRule(double threshold, long intervalMillis, long maxMillis) {
    public boolean isEnabled() {
        return threshold > 0;
    }

    boolean isAutomatic() {
        return isEnabled() && intervalMillis > 0;
    }

    boolean isDue(long lastMillis, long nowMillis) {
        return isAutomatic() && nowMillis - lastMillis >= intervalMillis;
    }
}
