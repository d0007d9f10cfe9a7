package dev.daybook.server.autorecovery;

/**
 * When marks are scanned: soon after somebody has said that they changed, and from time to time; but the longer scans
 * take, the rarer they are, so that they stay a small part of the load on the metadata service. Belongs to the loop.
 */
final class ScanPace {
    private static final long SOON_MILLIS = 100;
    private static final long RETRY_MILLIS = 2_000;

    /** Between scans lies this many times what one takes. */
    private static final int PAUSE_FACTOR = 10;

    private boolean running;
    private boolean wanted;
    private long begunMillis;
    private long notBeforeMillis = Long.MIN_VALUE;

    /** Something may have changed. */
    void want() {
        wanted = true;
    }

    /** How long to wait until the next scan; negative if none is due, because none is wanted or one runs. */
    long delayMillis(long nowMillis) {
        if (running || !wanted) {
            return -1;
        }
        return notBeforeMillis == Long.MIN_VALUE ? 0 : Math.max(0, notBeforeMillis - nowMillis);
    }

    void onBegun(long nowMillis) {
        running = true;
        wanted = false;
        begunMillis = nowMillis;
    }

    /** @param complete false if it has to be repeated */
    void onEnded(boolean complete, long nowMillis) {
        running = false;
        long pause = Math.max(SOON_MILLIS, PAUSE_FACTOR * (nowMillis - begunMillis));
        notBeforeMillis = nowMillis + (complete ? pause : Math.max(pause, RETRY_MILLIS));
        wanted |= !complete;
    }
}
