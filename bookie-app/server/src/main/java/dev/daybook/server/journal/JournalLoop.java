package dev.daybook.server.journal;

import dev.daybook.engine.request.Append;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.loop.Mailbox;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.journal.JournalUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a journal. Whatever waits when it comes round becomes one group with one sync, so groups are
 * small while the disk is fast enough and grow by themselves when it is not; no timer is involved. After a failed write
 * or sync nothing is tried again: what was in flight fails and so does everything later.
 */
public final class JournalLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalLoop.class);
    private static final long IDLE_MILLIS = 10_000;

    private final Journal journal;
    private final int groupBytesMax;
    private final BookieMetrics metrics;
    private final Consumer<String> onFatal;
    private final Mailbox<Runnable> mailbox = new Mailbox<>();

    private Map<AppendListener, List<Append<byte[]>>> group = new LinkedHashMap<>();
    private int groupBytes;
    private int groupRecords;
    private boolean failed;

    /** @param onFatal told once, with a sentence for a person, when nothing can be promised any more */
    public JournalLoop(Journal journal, int groupBytesMax, BookieMetrics metrics, Consumer<String> onFatal) {
        this.journal = journal;
        this.groupBytesMax = groupBytesMax;
        this.metrics = metrics;
        this.onFatal = onFatal;
    }

    /** Appends of one listener are written and reported in the order of the calls. */
    public void submit(List<Append<byte[]>> appends, AppendListener listener) {
        if (!mailbox.put(() -> collect(appends, listener))) {
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
                commit();
            }
            journal.close();
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void collect(List<Append<byte[]>> appends, AppendListener listener) {
        for (Append<byte[]> append : appends) {
            if (append.journalRecord().isPresent() && !failed) {
                groupBytes = journal.append(append.journalRecord().get());
                groupRecords++;
            }
            group.computeIfAbsent(listener, key -> new ArrayList<>()).add(append);
            if (groupBytes >= groupBytesMax) {
                commit();
            }
        }
    }

    private void commit() {
        if (group.isEmpty()) {
            return;
        }
        Map<AppendListener, List<Append<byte[]>>> committed = group;
        group = new LinkedHashMap<>();
        int bytes = groupBytes;
        int records = groupRecords;
        groupBytes = 0;
        groupRecords = 0;
        if (!failed) {
            try {
                writeAndSync(committed, bytes, records);
            } catch (IOException | RuntimeException e) {
                fail(e);
            }
        }
        if (failed) {
            committed.forEach(AppendListener::failed);
            return;
        }
        committed.forEach(AppendListener::synced);
        // Only now: a checkpoint that takes this end as its mark must find these records with their listeners.
        journal.publishSynced();
        try {
            journal.rollIfFull();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void writeAndSync(Map<AppendListener, List<Append<byte[]>>> committed, int bytes, int records)
            throws IOException {
        long startNanos = System.nanoTime();
        journal.write();
        committed.forEach((listener, appends) -> {
            List<Append<byte[]>> deferred =
                    appends.stream().filter(Append::wantsWritten).toList();
            if (!deferred.isEmpty()) {
                listener.written(deferred);
            }
        });
        journal.sync();
        if (records > 0) {
            metrics.journalSynced(System.nanoTime() - startNanos, bytes, records);
        }
    }

    private void trimNow(JournalPosition mark) {
        if (failed) {
            return;
        }
        try {
            journal.trim(mark);
        } catch (IOException e) {
            // Old files take space but do no harm; the next checkpoint tries again.
            LOG.warn("Journal files before {} could not be removed: {}", mark, e.getMessage());
        }
    }

    private void fail(Throwable cause) {
        if (failed) {
            return;
        }
        failed = true;
        LOG.error("The journal failed, nothing is acknowledged any more.", cause);
        onFatal.accept("The journal could not be written (" + cause.getMessage()
                + "): check the disk and start the bookie again.");
    }
}
