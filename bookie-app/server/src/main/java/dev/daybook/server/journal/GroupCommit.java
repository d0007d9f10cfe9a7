package dev.daybook.server.journal;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.request.Append;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.NextFile;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers appends into groups that share one write and one sync, and reports what became of them. A group ends when
 * nothing more waits, when it is large enough, or when its journal file is full. After a failure nothing is tried again:
 * what was in flight fails and so does everything later. Owned by one thread.
 */
public final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** So that a group of tiny records is not reported much later than it was asked for. */
    private static final int GROUP_RECORDS_MAX = 10_000;

    private final Journal journal;
    private final NextFiles nextFiles;
    private final int groupBytesMax;
    private final BookieMetrics metrics;
    private final Consumer<String> onFatal;

    private Map<AppendListener, List<Append<EntryBytes>>> group = new LinkedHashMap<>();
    private int groupBytes;
    private int groupRecords;
    private boolean failed;

    /** @param onFatal told once, with a sentence for a person, when nothing can be promised any more */
    public GroupCommit(
            Journal journal, NextFiles nextFiles, int groupBytesMax, BookieMetrics metrics, Consumer<String> onFatal) {
        this.journal = journal;
        this.nextFiles = nextFiles;
        this.groupBytesMax = groupBytesMax;
        this.metrics = metrics;
        this.onFatal = onFatal;
    }

    public boolean hasFailed() {
        return failed;
    }

    /** Takes the appends into the group, which is committed by the way whenever it is large enough. */
    public void collect(List<Append<EntryBytes>> appends, AppendListener listener) {
        for (Append<EntryBytes> append : appends) {
            if (append.journalRecord().isPresent() && !failed) {
                put(append.journalRecord().get());
            }
            group.computeIfAbsent(listener, key -> new ArrayList<>()).add(append);
            if (groupBytes >= groupBytesMax || groupRecords >= GROUP_RECORDS_MAX) {
                commit();
            }
        }
    }

    private void put(JournalRecord<EntryBytes> fact) {
        if (!journal.hasRoomFor(fact)) {
            commit();
            roll();
        }
        if (!failed) {
            groupBytes = journal.append(fact);
            groupRecords++;
        }
    }

    private void roll() {
        if (failed) {
            return;
        }
        try {
            Optional<NextFile> next = nextFiles.take();
            if (next.isPresent()) {
                journal.roll(next.get());
            } else {
                failed = true; // The bookie stops; nobody is waiting for a reason.
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    /** Makes the group durable. */
    public void commit() {
        if (group.isEmpty()) {
            return;
        }
        Map<AppendListener, List<Append<EntryBytes>>> committed = group;
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
    }

    /** To be called when nothing has waited for a while: leaves a note that the last group is synced. */
    public void rest() {
        if (failed) {
            return;
        }
        try {
            journal.seal();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void writeAndSync(Map<AppendListener, List<Append<EntryBytes>>> committed, int bytes, int records)
            throws IOException {
        long startNanos = System.nanoTime();
        journal.write();
        committed.forEach(GroupCommit::tellWritten);
        journal.sync();
        if (records > 0) {
            metrics.journalSynced(System.nanoTime() - startNanos, bytes, records);
        }
    }

    private static void tellWritten(AppendListener listener, List<Append<EntryBytes>> appends) {
        List<Append<EntryBytes>> deferred = List.of();
        for (Append<EntryBytes> append : appends) {
            if (append.wantsWritten()) {
                deferred = deferred.isEmpty() ? new ArrayList<>() : deferred;
                deferred.add(append);
            }
        }
        if (!deferred.isEmpty()) {
            listener.written(deferred);
        }
    }

    /** Ends everything: no append succeeds any more. */
    void fail(Throwable cause) {
        if (failed) {
            return;
        }
        failed = true;
        if (cause instanceof IOException) {
            LOG.error("The journal failed, nothing is acknowledged any more: {}", cause.getMessage());
        } else {
            LOG.error("The journal failed by a defect, nothing is acknowledged any more.", cause);
        }
        onFatal.accept("The journal could not be written (" + cause.getMessage()
                + "): check the disk and start the bookie again.");
    }
}
