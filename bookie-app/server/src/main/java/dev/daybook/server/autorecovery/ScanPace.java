package dev.daybook.server.autorecovery;

/**
 * When marks are scanned: soon after somebody has said that they changed, and from time to time; but the longer scans
 * take, the rarer they are, so that they stay a small part of the load on the metadata service. Belongs to the loop.
 */
final class ScanPace {
    private static final long SOON_MILLIS = 100;
    private static final long RETRY_MILLIS = 2_000;

    /** Between scans lies this many times what one takes, */
    private static final int PAUSE_FACTOR = 10;

    /** and this many times, up to half a minute, if there is enough to do until then. */
    private static final int BUSY_PAUSE_FACTOR = 100;

    private static final long BUSY_PAUSE_MILLIS_MAX = 30_000;

    private boolean running;
    private boolean wanted;
    private long begunMillis;
    private long endedMillis = Long.MIN_VALUE;
    private long tookMillis;
    private boolean failed;

    /** Something may have changed. */
    void want() {
        wanted = true;
    }

    /**
     * How long to wait until the next scan; negative if none is due, because none is wanted or one runs.
     *
     * @param busy whether ledgers wait that are known already
     */
    long delayMillis(boolean busy, long nowMillis) {
        if (running || !wanted) {
            return -1;
        }
        return endedMillis == Long.MIN_VALUE ? 0 : Math.max(0, endedMillis + pauseMillis(busy) - nowMillis);
    }

    private long pauseMillis(boolean busy) {
        long least = Math.max(failed ? RETRY_MILLIS : SOON_MILLIS, PAUSE_FACTOR * tookMillis);
        return busy ? Math.max(least, Math.min(BUSY_PAUSE_MILLIS_MAX, BUSY_PAUSE_FACTOR * tookMillis)) : least;
    }

    void onBegun(long nowMillis) {
        running = true;
        wanted = false;
        begunMillis = nowMillis;
    }

    /** @param complete false if it has to be repeated */
    void onEnded(boolean complete, long nowMillis) {
        running = false;
        endedMillis = nowMillis;
        tookMillis = nowMillis - begunMillis;
        failed = !complete;
        wanted |= !complete;
    }
}
