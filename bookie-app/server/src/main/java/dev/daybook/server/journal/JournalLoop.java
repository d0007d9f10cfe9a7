package dev.daybook.server.journal;

import dev.daybook.engine.request.Append;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.loop.Mailbox;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.journal.JournalUsage;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a journal. Whatever waits when it comes round becomes one group with one sync, so groups are
 * small while the disk is fast enough and grow by themselves when it is not; no timer is involved.
 */
public final class JournalLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalLoop.class);
    private static final long IDLE_MILLIS = 10_000;

    private final Journal journal;
    private final GroupCommit commits;
    private final Mailbox<Runnable> mailbox = new Mailbox<>();

    /** @param onFatal told once, with a sentence for a person, when nothing can be promised any more */
    public JournalLoop(Journal journal, int groupBytesMax, BookieMetrics metrics, Consumer<String> onFatal) {
        this.journal = journal;
        this.commits = new GroupCommit(journal, groupBytesMax, metrics, onFatal);
    }

    /** Appends of one listener are written and reported in the order of the calls. */
    public void submit(List<Append<byte[]>> appends, AppendListener listener) {
        if (!mailbox.put(() -> commits.collect(appends, listener))) {
            listener.failed(appends);
        }
    }

    /** Drops files before the mark, which a durable checkpoint must contain. */
    public void trim(JournalPosition mark) {
        mailbox.put(() -> trimNow(mark));
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
    }

    @Override
    public void run() {
        try {
            while (!mailbox.isClosedAndEmpty()) {
                for (Runnable message : mailbox.take(IDLE_MILLIS)) {
                    message.run();
                }
                commits.commit();
                if (mailbox.isEmpty()) {
                    commits.rest();
                }
            }
            journal.close();
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            commits.fail(e);
        }
    }

    private void trimNow(JournalPosition mark) {
        if (commits.hasFailed()) {
            return;
        }
        try {
            journal.trim(mark);
        } catch (IOException e) {
            // Old files take space but do no harm; the next checkpoint tries again.
            LOG.warn("Journal files before {} could not be removed: {}", mark, e.getMessage());
        }
    }
}
