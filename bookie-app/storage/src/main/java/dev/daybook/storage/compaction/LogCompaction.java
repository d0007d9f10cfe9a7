package dev.daybook.storage.compaction;

import dev.daybook.storage.entrylog.EntryLocation;
import dev.daybook.storage.entrylog.EntryLogWriter;
import dev.daybook.storage.entrylog.LogVisitor;
import dev.daybook.storage.entrylog.RecordHead;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.Relocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves what is alive in entry logs of one directory to new ones, chunk by chunk. A chunk is synced before the index
 * points to it, and a log is deleted only after a checkpoint without it; the checkpoint that adds the last chunk is
 * older still. So a crash at any place leaves every entry in a log that the checkpoint names, at most in two.
 *
 * <p>The scan vouches for the deletion: only if every byte of the log was understood is it certain that no row points to
 * something that was passed over. Not thread-safe.
 */
public final class LogCompaction implements AutoCloseable {
    private final LedgerStore store;
    private final CompactionLimits limits;
    private final CompactionPace pace;
    private Optional<EntryLogWriter> writer = Optional.empty();

    public LogCompaction(LedgerStore store, CompactionLimits limits, CompactionPace pace) {
        this.store = store;
        this.limits = limits;
        this.pace = pace;
    }

    /** Ends a scan from inside. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    /**
     * Moves what is alive in a log and deletes the log.
     *
     * @param logId a log that nobody appends to
     * @param logBytes its length
     * @throws dev.daybook.storage.disk.DiskFullException if there is no space; chunks moved before stay moved
     * @throws IOException if something cannot be read or written; chunks moved before stay moved
     */
    public CompactedLog compact(int logId, long logBytes) throws IOException {
        Copying copying = new Copying(logId);
        try {
            store.scan(logId, copying);
            copying.publish();
        } catch (Stopped e) {
            endLog();
            return copying.outcome(CompactedLog.End.STOPPED, 0);
        } catch (IOException | RuntimeException e) {
            endLog();
            throw e;
        }
        if (copying.damaged > 0) {
            return copying.outcome(CompactedLog.End.DAMAGED, 0);
        }
        store.dropLogs(Set.of(logId));
        return copying.outcome(CompactedLog.End.DROPPED, logBytes);
    }

    /** Of two copies with the same flush the one in the newer log counts, so copies never go to an older one. */
    private EntryLogWriter writerFor(int sourceId) throws IOException {
        if (writer.isPresent()
                && (writer.get().bytes() >= limits.logBytesMax() || writer.get().logId() < sourceId)) {
            endLog();
        }
        if (writer.isEmpty()) {
            writer = Optional.of(store.newLogWriter());
        }
        return writer.get();
    }

    private void endLog() {
        writer.ifPresent(store::finishLog);
        writer = Optional.empty();
    }

    @Override
    public void close() {
        endLog();
    }

    /** The scan of one log. */
    private final class Copying implements LogVisitor {
        private final int logId;
        private final List<Relocation> chunk = new ArrayList<>();
        private long chunkBytes;
        private long movedEntries;
        private long movedBytes;
        private long damaged;

        Copying(int logId) {
            this.logId = logId;
        }

        @Override
        public void entry(RecordHead head, ByteBuffer body) throws IOException {
            if (!isCurrent(head)) {
                return;
            }
            int bytes = body.remaining();
            if (!pace.mayCopy(bytes)) {
                throw new Stopped();
            }
            if (chunk.size() >= limits.chunkEntries() || chunkBytes >= limits.chunkBytes()) {
                publish();
            }
            if (chunk.isEmpty()) {
                writerFor(logId);
            }
            EntryLocation copy = writer.orElseThrow().append(head.ledgerId(), head.entryId(), head.flush(), body);
            chunk.add(new Relocation(head.ledgerId(), head.entryId(), head.flush(), head.location(), copy));
            chunkBytes += bytes;
        }

        private boolean isCurrent(RecordHead head) throws IOException {
            Optional<IndexRow> current = store.currentRow(head.ledgerId(), head.entryId());
            return current.isPresent() && current.get().location().equals(head.location());
        }

        @Override
        public void damagedEntry(RecordHead head) throws IOException {
            // A record that nobody wants may be as damaged as it likes.
            damaged += isCurrent(head) ? 1 : 0;
        }

        @Override
        public void damagedRange(long fromOffset, long toOffset) {
            damaged++;
        }

        private void publish() throws IOException {
            if (chunk.isEmpty()) {
                return;
            }
            movedEntries += store.relocate(writer.orElseThrow(), chunk);
            movedBytes += chunkBytes;
            chunk.clear();
            chunkBytes = 0;
        }

        CompactedLog outcome(CompactedLog.End end, long freedBytes) {
            return new CompactedLog(end, movedEntries, movedBytes, freedBytes, damaged);
        }
    }
}
