package dev.daybook.client.loop;

import dev.daybook.core.repair.CopyRoute;
import dev.daybook.core.repair.CopyWindow;
import dev.daybook.core.repair.CopyWindowLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets runs of all repairs of a client begin in turn, as many at once as their one window has room for. Thread-safe. */
final class CopyGate {
    private final CopyWindow window;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private boolean timed;

    CopyGate(CopyWindowLimits limits) {
        this.window = new CopyWindow(limits);
    }

    private record Turn(LedgerLoop loop, Runnable begin) {}

    synchronized void giveWay(boolean now) {
        window.giveWay(now);
    }

    /**
     * From the loop.
     *
     * @param begin called once on the loop, unless that is gone; {@link #end} follows
     */
    synchronized void ask(LedgerLoop loop, Runnable begin) {
        waiting.add(new Turn(loop, begin));
        admit(loop);
    }

    /** A run is over. From its loop. */
    synchronized void end(LedgerLoop loop) {
        window.onEnded(loop.net().nanoTime());
        admit(loop);
    }

    synchronized void answered(CopyRoute route, long tookNanos, long nowNanos) {
        window.onAnswer(route, tookNanos, nowNanos);
    }

    synchronized void pushedBack(long nowNanos) {
        window.onPushedBack(nowNanos);
    }

    private void admit(LedgerLoop current) {
        long now = current.net().nanoTime();
        long pause = window.pauseNanos(now);
        while (!waiting.isEmpty() && pause == 0) {
            Turn next = waiting.remove();
            window.onBegun(now);
            if (!next.loop().execute(next.begin())) {
                window.onEnded(now);
            }
            pause = window.pauseNanos(now);
        }
        if (!waiting.isEmpty() && pause != Long.MAX_VALUE && !timed) {
            timed = true;
            current.net().schedule(() -> onTime(current), Duration.ofNanos(pause));
        }
    }

    private synchronized void onTime(LedgerLoop loop) {
        timed = false;
        admit(loop);
    }
}
