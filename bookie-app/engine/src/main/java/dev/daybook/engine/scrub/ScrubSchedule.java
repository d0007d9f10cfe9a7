package dev.daybook.engine.scrub;

/** When a scrub round is due. Times are milliseconds of any clock that only moves forward. */
public final class ScrubSchedule {
    /** A bookie that is started often would never come to its first round if that waited for the whole interval. */
    private static final long FIRST_MILLIS_MAX = 3_600_000;

    private final long intervalMillis;
    private long dueMillis;
    private boolean requested;

    /** @param intervalMillis from the end of a round to the beginning of the next; 0: only when asked for */
    public ScrubSchedule(long intervalMillis, long nowMillis) {
        this.intervalMillis = intervalMillis;
        this.dueMillis = nowMillis + Math.min(intervalMillis, FIRST_MILLIS_MAX);
    }

    /** Somebody wants a round now. */
    public void request() {
        requested = true;
    }

    public boolean isDue(long nowMillis) {
        return requested || (intervalMillis > 0 && nowMillis >= dueMillis);
    }

    /** How long until a round is due, at most. */
    public long waitMillis(long nowMillis) {
        if (requested) {
            return 0;
        }
        return intervalMillis > 0 ? Math.max(0, dueMillis - nowMillis) : Long.MAX_VALUE;
    }

    public void began() {
        requested = false;
    }

    public void ended(long nowMillis) {
        dueMillis = nowMillis + intervalMillis;
    }
}
