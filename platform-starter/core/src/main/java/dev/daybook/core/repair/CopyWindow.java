package dev.daybook.core.repair;

import java.util.HashMap;
import java.util.Map;

/**
 * How many runs of copies are under way at once, so that repairs use what others leave and hardly keep anybody waiting.
 * What the shortest answers of late took is what an answer takes if nothing is in its way; the time above that is spent
 * in queues where everybody else waits as well. While it stays below a target the window grows by a run at a time, above
 * it the window shrinks in proportion, and an answer that says "too much", or none, halves it. Below one run pauses make
 * up the rest.
 *
 * <p>Never below a floor: who is always busy would not get the copies back otherwise. The shortest answers are forgotten
 * after a while, so that a cluster that has become slower for good is not taken for a busy one.
 *
 * <p>Not thread-safe. Times are nanoseconds of a clock that never jumps.
 */
public final class CopyWindow {
    /** Few answers tell chance. */
    private static final long ROUND_NANOS_MIN = 100_000_000;

    /** A single flush or collection of garbage says little about the load. */
    private static final double LOAD_MAX = 8;

    /** So many times the target may be added where the shortest answers take as long. */
    private static final int SLOW = 5;

    /** For one to two of these the shortest answer counts. */
    private static final long MEMORY_NANOS = 30_000_000_000L;

    private static final double SHRINKING_MAX = 0.5;

    private final CopyWindowLimits limits;
    private boolean givingWay = true;
    private double runs;
    private int underWay;

    /** The shortest answers since the memory was turned over, and those of the time before. */
    private Map<CopyRoute, Long> shortest = new HashMap<>();

    private Map<CopyRoute, Long> formerShortest = Map.of();
    private long turnedOverNanos;

    private boolean begun;
    private long roundNanos;
    private int endedInRound;
    private int samples;
    private double loadSum;
    private boolean narrow;

    private long lastBegunNanos;
    private long notBeforeNanos;

    public CopyWindow(CopyWindowLimits limits) {
        this.limits = limits;
        this.runs = Math.min(1, limits.runsMin());
    }

    /** @param now if not, as many runs as possible are under way at once */
    public void giveWay(boolean now) {
        givingWay = now;
    }

    /** How long the next run has to wait: 0 if it may begin; {@link Long#MAX_VALUE}: until one has ended. */
    public long pauseNanos(long nowNanos) {
        if (!givingWay) {
            return underWay < limits.runsMax() ? 0 : Long.MAX_VALUE;
        }
        if (underWay >= Math.max(1, (int) runs)) {
            narrow = true;
            return Long.MAX_VALUE;
        }
        return runs < 1 && begun ? Math.max(0, notBeforeNanos - nowNanos) : 0;
    }

    public void onBegun(long nowNanos) {
        if (!begun) {
            begun = true;
            turnedOverNanos = nowNanos;
            roundNanos = nowNanos;
        }
        underWay++;
        lastBegunNanos = nowNanos;
    }

    /** Nothing of the run is under way any more. */
    public void onEnded(long nowNanos) {
        underWay--;
        endedInRound++;
        boolean round = endedInRound >= runs && nowNanos - roundNanos >= ROUND_NANOS_MIN;
        if (round && samples > 0) {
            adjust();
            beginRound(nowNanos);
        }
        double pause = (nowNanos - lastBegunNanos) * (1 / Math.min(1, runs) - 1);
        notBeforeNanos = nowNanos + Math.min(limits.pauseNanosMax(), (long) pause);
    }

    /** A request of a run was answered, well or not, by the bookie itself. */
    public void onAnswer(CopyRoute route, long tookNanos, long nowNanos) {
        if (nowNanos - turnedOverNanos > MEMORY_NANOS) {
            formerShortest = shortest;
            shortest = new HashMap<>();
            turnedOverNanos = nowNanos;
        }
        long recent = shortest.merge(route, tookNanos, Math::min);
        long free = Math.min(recent, formerShortest.getOrDefault(route, recent));
        loadSum += Math.min(LOAD_MAX, (double) (tookNanos - free) / targetNanos(free));
        samples++;
    }

    /** A slow disk is not a busy one. */
    private long targetNanos(long freeNanos) {
        return Math.max(limits.targetNanos(), Math.min(freeNanos, SLOW * limits.targetNanos()));
    }

    private void adjust() {
        double load = loadSum / samples;
        if (load > 1) {
            runs *= Math.max(SHRINKING_MAX, 1 / load);
        } else if (narrow) {
            runs += 1 - load;
        }
        runs = Math.max(limits.runsMin(), Math.min(limits.runsMax(), runs));
    }

    private void beginRound(long nowNanos) {
        roundNanos = nowNanos;
        endedInRound = 0;
        samples = 0;
        loadSum = 0;
        narrow = false;
    }

    /**
     * A bookie has refused for want of room, or not answered in time. One that never answers holds up a run each time, so
     * this alone does not lead to pauses.
     */
    public void onPushedBack(long nowNanos) {
        if (nowNanos - roundNanos >= ROUND_NANOS_MIN) {
            runs = Math.max(Math.min(1, runs), runs * SHRINKING_MAX);
            beginRound(nowNanos);
        }
    }

    /** Runs under way at once, at most; below 1 with pauses in between. */
    public double runs() {
        return givingWay ? runs : limits.runsMax();
    }
}
