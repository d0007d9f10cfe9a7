package dev.daybook.server.shard;

import dev.daybook.server.loop.Mailbox;
import dev.daybook.storage.disk.DiskFullException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** The thread that flushes when the write cache is half full, when it is time, and when somebody asks. */
final class FlushLoop implements Runnable {
    private final Flusher flusher;
    private final long intervalMillis;
    private final CacheGauge gauge;
    private final AddGate gate;
    private final StorageEvents events;
    private final Mailbox<Object> wakeUps = new Mailbox<>();
    private boolean diskFull;

    FlushLoop(Flusher flusher, long intervalMillis, CacheGauge gauge, AddGate gate, StorageEvents events) {
        this.flusher = flusher;
        this.intervalMillis = intervalMillis;
        this.gauge = gauge;
        this.gate = gate;
        this.events = events;
    }

    void wakeUp() {
        wakeUps.put(this);
    }

    /** Ends the loop after a flush that may be running. */
    void close() {
        wakeUps.close();
    }

    @Override
    public void run() {
        try {
            while (!wakeUps.isClosedAndEmpty()) {
                wakeUps.take(waitMillis());
                if (!wakeUps.isClosedAndEmpty()) {
                    flushOnce();
                }
            }
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            events.fatal("The ledger directories could not be flushed (" + e.getMessage()
                    + "): check the disks and start the bookie again.");
        }
    }

    /** While adds wait for memory, the journal may have to store some first before a flush makes any. */
    private long waitMillis() {
        if (diskFull) {
            return intervalMillis;
        }
        return gauge.isHalfFull() ? 0 : gate.isWaiting() ? 1 : intervalMillis;
    }

    /** Flushes, and tells when space runs out or is back. Not to be called while the loop runs. */
    void flushOnce() throws IOException {
        try {
            flusher.flush();
            if (diskFull) {
                diskFull = false;
                events.spaceIsBack(this);
            }
        } catch (DiskFullException e) {
            if (!diskFull) {
                diskFull = true;
                events.spaceRanOut(this, e.getMessage() + " The bookie is read-only until there is space again.");
            }
        } catch (CompletionException | CancellationException e) {
            if (!wakeUps.isClosedAndEmpty()) {
                throw e;
            }
        }
    }
}
