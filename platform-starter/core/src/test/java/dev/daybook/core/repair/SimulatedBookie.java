package dev.daybook.core.repair;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.repair.CopyRoute.Purpose;
import dev.daybook.protocol.model.BookieId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A bookie that serves one request after the other, runs of copies as fast as a window lets them, and a foreground that
 * comes by chance. Times are nanoseconds.
 */
final class SimulatedBookie {
    static final long MILLI = 1_000_000;
    private static final CopyRoute ROUTE = new CopyRoute(new BookieId("b"), Purpose.STORE);

    private final CopyWindow window;
    private final Dice dice;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::nanos));

    /** When the bookie has done everything that was asked for until now. */
    private long freeNanos;

    private long nowNanos;
    private long foregroundGapNanos;
    private long runsLeft;
    private boolean woken;
    private final long[] waits = new long[1_000_000];
    private int foreground;
    private int copies;

    private final long networkNanos;
    private final long runNanos;
    private final long addNanos;

    /**
     * @param networkNanos there and back
     * @param runNanos service of a run
     * @param addNanos service of a request of the foreground
     */
    SimulatedBookie(CopyWindow window, long seed, long networkNanos, long runNanos, long addNanos) {
        this.window = window;
        this.dice = new Dice(seed);
        this.networkNanos = networkNanos;
        this.runNanos = runNanos;
        this.addNanos = addNanos;
    }

    private record Event(long nanos, Runnable happen) {}

    /** @param perSecond 0 for none */
    void foreground(int perSecond) {
        boolean silent = foregroundGapNanos == 0;
        foregroundGapNanos = perSecond == 0 ? 0 : 1_000 * MILLI / perSecond;
        if (silent && perSecond > 0) {
            foregroundAdd();
        }
    }

    private void foregroundAdd() {
        if (foregroundGapNanos > 0) {
            waits[foreground++] = serve(addNanos) - nowNanos;
            long gap = dice.below((int) (2 * foregroundGapNanos));
            events.add(new Event(nowNanos + gap, this::foregroundAdd));
        }
    }

    private long serve(long nanos) {
        freeNanos = Math.max(freeNanos, nowNanos) + nanos;
        return freeNanos;
    }

    /** The disk does nothing meanwhile. */
    void pause(long nanos) {
        serve(nanos);
    }

    /** So many runs are to be made from now on. */
    void copy(long runs) {
        runsLeft = runs;
        beginRuns();
    }

    private void beginRuns() {
        long pause = window.pauseNanos(nowNanos);
        while (pause == 0 && runsLeft > 0) {
            runsLeft--;
            window.onBegun(nowNanos);
            long begun = nowNanos;
            events.add(new Event(serve(runNanos) + networkNanos, () -> onRun(begun)));
            pause = window.pauseNanos(nowNanos);
        }
        if (pause != Long.MAX_VALUE && runsLeft > 0 && !woken) {
            woken = true;
            events.add(new Event(nowNanos + pause, () -> {
                woken = false;
                beginRuns();
            }));
        }
    }

    private void onRun(long begunNanos) {
        copies++;
        window.onAnswer(ROUTE, nowNanos - begunNanos, nowNanos);
        window.onEnded(nowNanos);
        beginRuns();
    }

    /** Forgets what was counted before. */
    void run(long millis) {
        foreground = 0;
        copies = 0;
        long end = nowNanos + millis * MILLI;
        while (!events.isEmpty() && events.peek().nanos() <= end) {
            Event next = events.remove();
            nowNanos = next.nanos();
            next.happen().run();
        }
        nowNanos = end;
    }

    int copies() {
        return copies;
    }

    /** How long 99 of 100 requests of the foreground took at most, without the network. */
    long p99Nanos() {
        long[] sorted = Arrays.copyOf(waits, foreground);
        Arrays.sort(sorted);
        return sorted[foreground * 99 / 100];
    }
}
