package dev.daybook.server.journal;

import dev.daybook.server.loop.Mailbox;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.journal.NextFile;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that makes the next journal file while the present one fills, and removes those that a checkpoint has made
 * superfluous, so that the journal's own thread does nothing but append. If there is no space for a next file, the
 * bookie hears of it when the present one is half full; if the journal comes to its end nevertheless, it waits.
 */
final class JournalKeeper implements Runnable, NextFiles {
    private static final Logger LOG = LoggerFactory.getLogger(JournalKeeper.class);
    private static final long IDLE_MILLIS = 10_000;
    private static final long RETRY_MILLIS = 100;
    private static final long RETRY_WHILE_FULL_MILLIS = 1000;

    /** A bookie that takes hardly anything need not have a second file. */
    private static final double DUE_SHARE = 1.0 / 8;

    private static final double HURRY_SHARE = 0.5;

    /** Between two pieces of a file that is made without hurry: bounds what it takes from the disk. */
    private static final long PAUSE_NANOS = 4_000_000;

    private final Journal journal;
    private final int filesBeforeFlush;
    private final JournalEvents events;
    private final Mailbox<Runnable> mailbox = new Mailbox<>();

    // Owned by this thread.
    private long madeGeneration;
    private long markGeneration;
    private boolean toldFull;

    // Owned by the journal's thread.
    private long askedGeneration = -1;
    private long hurriedGeneration = -1;

    // Under the lock of this object.
    private Optional<NextFile> next = Optional.empty();
    private boolean noSpace;
    private boolean awaited;
    private boolean released;
    private boolean ended;

    /** @param filesBeforeFlush files that may wait for a checkpoint before one is asked for */
    JournalKeeper(Journal journal, int filesBeforeFlush, JournalEvents events) {
        this.journal = journal;
        this.filesBeforeFlush = filesBeforeFlush;
        this.events = events;
        this.markGeneration = journal.fill().generation();
    }

    /** To be called by the journal's thread after each group. */
    void groupWritten() {
        Journal.Fill fill = journal.fill();
        boolean due = fill.usedShare() >= DUE_SHARE && fill.generation() != askedGeneration;
        boolean hurry = fill.usedShare() >= HURRY_SHARE && fill.generation() != hurriedGeneration;
        if (due || hurry) {
            askedGeneration = fill.generation();
            hurriedGeneration = hurry ? fill.generation() : hurriedGeneration;
            look();
        }
    }

    private void look() {
        mailbox.put(() -> {});
    }

    /** Drops files before the mark, which a durable checkpoint must contain. */
    void trim(JournalPosition mark) {
        mailbox.put(() -> trimNow(mark));
    }

    /** From now on nobody waits for space. */
    synchronized void release() {
        released = true;
        notifyAll();
    }

    /** Ends the loop. */
    void close() {
        mailbox.close();
    }

    @Override
    public synchronized Optional<NextFile> take() throws IOException {
        boolean blocked = false;
        awaited = true;
        look();
        try {
            while (next.isEmpty() && !ended && !(noSpace && released)) {
                if (noSpace && !blocked) {
                    blocked = true;
                    events.onBlocked(true);
                }
                wait();
            }
            Optional<NextFile> taken = next;
            next = Optional.empty();
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("its thread was interrupted", e);
        } finally {
            awaited = false;
            if (blocked) {
                events.onBlocked(false);
            }
        }
    }

    @Override
    public void run() {
        try {
            while (!mailbox.isClosedAndEmpty()) {
                for (Runnable message : mailbox.take(pauseMillis())) {
                    message.run();
                }
                if (isWanted()) {
                    make();
                }
                if (toldFull) {
                    tellUsable();
                }
            }
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            events.onFatal("The next journal file could not be made (" + e.getMessage()
                    + "): check the disk and start the bookie again.");
        } finally {
            end();
        }
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
        next.ifPresent(JournalKeeper::closeUnused);
    }

    private static void closeUnused(NextFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("A journal file that nobody writes to could not be closed.", e);
        }
    }

    private synchronized long pauseMillis() {
        if (toldFull) {
            return RETRY_WHILE_FULL_MILLIS;
        }
        return noSpace ? RETRY_MILLIS : IDLE_MILLIS;
    }

    /** The journal must have gone on in the last file made, and need another. */
    private synchronized boolean isWanted() {
        Journal.Fill fill = journal.fill();
        return next.isEmpty()
                && madeGeneration <= fill.generation()
                && !mailbox.isClosedAndEmpty()
                && (awaited || toldFull || fill.usedShare() >= DUE_SHARE);
    }

    private void make() throws IOException {
        long generation = journal.fill().generation() + 1;
        NextFile file;
        try {
            file = journal.files().make(generation, this::pause);
        } catch (DiskFullException e) {
            events.onFlushWanted(); // A checkpoint may set files free.
            setNoSpace(true);
            if (!toldFull && journal.fill().usedShare() >= HURRY_SHARE) {
                toldFull = true;
                events.onFull(String.valueOf(e.getMessage()));
            }
            return;
        }
        madeGeneration = generation;
        offer(file);
        if (generation - markGeneration > filesBeforeFlush) {
            events.onFlushWanted();
        }
    }

    /**
     * The one file that a checkpoint has set free is not yet a reason to take new entries: the next file would be missing
     * again, and the bookie would change its mode with every file.
     */
    private void tellUsable() throws IOException {
        if (hasNext() && journal.files().canMakeAnother()) {
            toldFull = false;
            events.onUsable();
        }
    }

    private synchronized boolean hasNext() {
        return next.isPresent();
    }

    private synchronized void setNoSpace(boolean now) {
        noSpace = now;
        notifyAll();
    }

    private synchronized void offer(NextFile file) {
        next = Optional.of(file);
        setNoSpace(false);
    }

    private void pause() {
        if (journal.fill().usedShare() < HURRY_SHARE) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void trimNow(JournalPosition mark) {
        markGeneration = mark.generation();
        try {
            journal.files().trim(mark);
        } catch (IOException e) {
            // Old files take space but do no harm; the next checkpoint tries again.
            LOG.warn("Journal files before {} could not be removed: {}", mark, e.getMessage());
        }
    }
}
