package dev.daybook.storage.entrylog;

import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads entries from the entry logs of one directory. Thread-safe. */
public final class EntryLogs implements AutoCloseable {
    public static final String SUFFIX = ".entries";

    private final Disk disk;
    private final Map<Integer, DiskFile> open = new ConcurrentHashMap<>();

    public EntryLogs(Disk disk) {
        this.disk = disk;
    }

    public static String nameOf(int logId) {
        return String.format(Locale.ROOT, "%08x", logId) + SUFFIX;
    }

    /**
     * The packaged entry, in a heap buffer of its own that nobody else changes.
     *
     * @throws IOException if it cannot be read whole and undamaged; whatever the cause, the entry is unknown then
     */
    public ByteBuffer read(EntryLocation location, long ledgerId, long entryId) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(EntryLogFormat.HEAD_BYTES + location.bodyBytes());
        file(location.logId()).read(location.offset(), bytes);
        bytes.flip();
        if (bytes.limit() < bytes.capacity() || !isRecord(bytes, location, ledgerId, entryId)) {
            throw new StorageDamage("Entry " + entryId + " of ledger " + ledgerId + " is damaged in "
                    + disk.path() + "/" + nameOf(location.logId()) + " at byte " + location.offset()
                    + ": read it from another bookie and let the cluster restore this copy.");
        }
        return bytes.position(EntryLogFormat.HEAD_BYTES).slice();
    }

    private static boolean isRecord(ByteBuffer bytes, EntryLocation location, long ledgerId, long entryId) {
        if (!EntryLogFormat.isHead(bytes, 0, location.logId(), location.offset())) {
            return false;
        }
        EntryLogFormat.Fields fields = EntryLogFormat.fieldsAt(bytes, 0);
        return fields.bodyBytes() == location.bodyBytes()
                && fields.ledgerId() == ledgerId
                && fields.entryId() == entryId
                && fields.bodyChecksum()
                        == EntryLogFormat.checksum(bytes.slice(EntryLogFormat.HEAD_BYTES, fields.bodyBytes()));
    }

    /**
     * What lies at this place and behind it of the ledger, in one read. May be empty, also because of damage.
     *
     * @param bytesMax how much of the log is read
     */
    public EntryRun readRun(EntryLocation location, long ledgerId, int bytesMax) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(bytesMax);
        file(location.logId()).read(location.offset(), bytes);
        return EntryRun.parse(bytes.flip(), location.logId(), location.offset(), ledgerId);
    }

    /**
     * Shows everything in a log, without any index. Damage is told with its range and the scan goes on behind it.
     *
     * @param validBytes how much of the log is valid, as the checkpoint says
     * @throws IOException if the log cannot be read at all, or the visitor throws it
     */
    public void scan(int logId, long validBytes, LogVisitor visitor) throws IOException {
        new LogScan(file(logId), logId, validBytes).run(visitor);
    }

    /** As {@link #scan}, but bodies are neither read nor verified, unless they are small. */
    public void scanHeads(int logId, long validBytes, HeadVisitor visitor) throws IOException {
        new LogScan(file(logId), logId, validBytes).runOverHeads(visitor);
    }

    /** Is shown what an entry log says about its entries. */
    public interface HeadVisitor {
        /** The head is undamaged; the body may be anything. */
        void entry(RecordHead head) throws IOException;

        /** As in {@link LogVisitor#damagedRange}. */
        void damagedRange(long fromOffset, long toOffset) throws IOException;
    }

    private DiskFile file(int logId) throws IOException {
        DiskFile file = open.get(logId);
        if (file != null) {
            return file;
        }
        DiskFile opened = disk.open(nameOf(logId));
        DiskFile raced = open.putIfAbsent(logId, opened);
        if (raced == null) {
            return opened;
        }
        opened.close();
        return raced;
    }

    /** Deletes a log that no index refers to any more. */
    public void delete(int logId) throws IOException {
        DiskFile file = open.remove(logId);
        if (file != null) {
            file.close();
        }
        disk.delete(nameOf(logId));
    }

    @Override
    public void close() throws IOException {
        for (DiskFile file : open.values()) {
            file.close();
        }
    }
}
