package dev.daybook.server.journal;

import dev.daybook.engine.request.Append;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.loop.Mailbox;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.journal.JournalUsage;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.util.List;

/**
 * The thread that owns a journal. Whatever waits when it comes round becomes one group with one sync, so groups are
 * small while the disk is fast enough and grow by themselves when it is not; no timer is involved.
 */
public final class JournalLoop implements Runnable {
    private static final long IDLE_MILLIS = 10_000;

    /** How long nothing must come before the last group is sealed: a client that waits for answers is not idle. */
    private static final long SEAL_AFTER_MILLIS = 5;

    private final Journal journal;
    private final JournalKeeper keeper;
    private final GroupCommit commits;
    private final Mailbox<Runnable> mailbox = new Mailbox<>();

    /** @param filesBeforeFlush journal files that may wait for a checkpoint before one is asked for */
    public JournalLoop(
            Journal journal, int groupBytesMax, int filesBeforeFlush, BookieMetrics metrics, JournalEvents events) {
        this.journal = journal;
        this.keeper = new JournalKeeper(journal, filesBeforeFlush, events);
        this.commits = new GroupCommit(journal, keeper, groupBytesMax, metrics, events::onFatal);
    }

    /** Makes and removes files; for a thread of its own, which ends with this loop. */
    public Runnable keeper() {
        return keeper;
    }

    /** Appends of one listener are written and reported in the order of the calls. */
    public void submit(List<Append<EntryBytes>> appends, AppendListener listener) {
        if (!mailbox.put(() -> commits.collect(appends, listener))) {
            listener.failed(appends);
        }
    }

    /** Drops files before the mark, which a durable checkpoint must contain. */
    public void trim(JournalPosition mark) {
        keeper.trim(mark);
    }

    /** The end of what is durable, and has been reported to the listeners. */
    public JournalPosition syncedEnd() {
        return journal.syncedEnd();
    }

    public JournalUsage usage(JournalPosition mark) throws IOException {
        return journal.usage(mark);
    }

    /** Ends the loop when everything submitted so far has been done. */
    public void close() {
        mailbox.close();
        keeper.release();
    }

    @Override
    public void run() {
        try {
            boolean resting = true;
            while (!mailbox.isClosedAndEmpty()) {
                List<Runnable> messages = mailbox.take(resting ? IDLE_MILLIS : SEAL_AFTER_MILLIS);
                if (messages.isEmpty()) {
                    commits.rest();
                    resting = true;
                } else {
                    messages.forEach(Runnable::run);
                    commits.commit();
                    keeper.groupWritten();
                    resting = false;
                }
            }
            commits.rest();
            journal.close();
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            commits.fail(e);
        } finally {
            keeper.close();
        }
    }
}
