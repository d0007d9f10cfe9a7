package dev.daybook.simulator.client;

import java.util.function.BooleanSupplier;

/** Asks one more replica each time the delay of the run has passed, until the read is done. */
final class HedgeTimer {
    private final ReadingHandle handle;
    private final BooleanSupplier done;
    private final Runnable hedge;
    private boolean hedging;

    HedgeTimer(ReadingHandle handle, BooleanSupplier done, Runnable hedge) {
        this.handle = handle;
        this.done = done;
        this.hedge = hedge;
    }

    void start() {
        int delay = handle.plan().hedgeTicks();
        if (delay > 0) {
            handle.around().world().after(delay, () -> handle.process().act(this::tick));
        }
    }

    private void tick() {
        if (!done.getAsBoolean()) {
            hedging = true;
            hedge.run();
            hedging = false;
            start();
        }
    }

    /** Whether what is sent now is a hedge. */
    boolean isHedging() {
        if (hedging) {
            handle.around().world().saw("sometimes: hedged read");
        }
        return hedging;
    }
}
