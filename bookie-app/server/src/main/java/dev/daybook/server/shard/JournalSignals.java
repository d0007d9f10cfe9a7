package dev.daybook.server.shard;

import dev.daybook.server.journal.JournalEvents;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Passes on what one journal has to say. */
final class JournalSignals implements JournalEvents {
    private final String directory;
    private final StorageEvents events;
    private final Runnable wakeFlush;
    private final AtomicInteger blockedJournals;
    private final Consumer<Boolean> setBlocked;

    /**
     * @param blockedJournals shared by all journals of the bookie
     * @param setBlocked told whether any of them is
     */
    JournalSignals(
            String directory,
            StorageEvents events,
            Runnable wakeFlush,
            AtomicInteger blockedJournals,
            Consumer<Boolean> setBlocked) {
        this.directory = directory;
        this.events = events;
        this.wakeFlush = wakeFlush;
        this.blockedJournals = blockedJournals;
        this.setBlocked = setBlocked;
    }

    @Override
    public void onFatal(String reason) {
        events.fatal(reason);
    }

    @Override
    public void onFlushWanted() {
        wakeFlush.run();
    }

    @Override
    public void onFull(String reason) {
        events.spaceRanOut(
                this,
                "The journal in " + directory + " cannot go on to another file: " + reason
                        + " The bookie is read-only until there is space again.");
    }

    @Override
    public void onUsable() {
        events.spaceIsBack(this);
    }

    @Override
    public void onBlocked(boolean blocked) {
        int now = blockedJournals.addAndGet(blocked ? 1 : -1);
        setBlocked.accept(now > 0);
    }
}
