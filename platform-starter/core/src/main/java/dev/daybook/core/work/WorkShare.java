package dev.daybook.core.work;

/**
 * One worker's part of what all workers of a cluster together may do. The parts of all positions add up to the limit, or
 * to less; only a limit of fewer bytes than there are workers is exceeded, by a byte each.
 *
 * @param workers that are alive, this one among them
 * @param position of this one in an order that all of them know, from 0
 */
public record WorkShare(int workers, int position) {
    /** Of a worker that knows of no other. */
    public static final WorkShare WHOLE = new WorkShare(1, 0);

    public WorkShare {
        if (position < 0 || position >= workers) {
            throw new IllegalArgumentException("position " + position + " is none of " + workers + " workers");
        }
    }

    /**
     * @param own what the worker itself is told; 0 for no limit
     * @param cluster what all together may; 0 for no limit
     * @return 0 for no limit
     */
    public long bytesPerSecond(long own, long cluster) {
        long share = cluster == 0 ? Long.MAX_VALUE : Math.max(1, cluster / workers);
        long least = Math.min(own == 0 ? Long.MAX_VALUE : own, share);
        return least == Long.MAX_VALUE ? 0 : least;
    }

    /**
     * @param own what the worker itself is told, at least 1
     * @param cluster what all together may; 0 for no limit
     * @return 0 if others have the few that there are
     */
    public int ledgersAtOnce(int own, int cluster) {
        if (cluster == 0) {
            return own;
        }
        int share = cluster / workers + (position < cluster % workers ? 1 : 0);
        return Math.min(own, share);
    }
}
