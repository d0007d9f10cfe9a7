package dev.daybook.server.garbage;

import dev.daybook.engine.garbage.DeletionLimit;
import java.io.IOException;

/** Garbage collection without a clock for the simulator of the whole system; it waits by {@link Turns}. */
public final class ScheduledCollection {
    private final Collector collector;
    private final Evictor evictor;

    public ScheduledCollection(LocalLedgers local, LedgersInMetadata metadata) {
        Pacer unlimited = new Pacer(0, new StopSwitch());
        this.collector = new Collector(local, metadata, DeletionLimit.DEFAULT, unlimited);
        this.evictor = new Evictor(local, metadata, unlimited);
    }

    /** One pass, in the order of the bookie's own loop. */
    public void pass() throws IOException {
        evictor.evict();
        collector.collect(false, false);
        evictor.look();
    }
}
