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
     * The packaged entry.
     *
     * @throws IOException if it cannot be read whole and undamaged; whatever the cause, the entry is unknown then
     */
    public byte[] read(EntryLocation location, long ledgerId, long entryId) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(EntryLogFormat.PREFIX_BYTES + location.bodyBytes());
        file(location.logId()).read(location.offset(), bytes);
        if (!EntryLogFormat.isValid(bytes.flip(), location, ledgerId, entryId)) {
            throw new StorageDamage("Entry " + entryId + " of ledger " + ledgerId + " is damaged in "
                    + disk.path() + "/" + nameOf(location.logId()) + " at byte " + location.offset()
                    + ": read it from another bookie and let the cluster restore this copy.");
        }
        byte[] body = new byte[location.bodyBytes()];
        bytes.get(EntryLogFormat.PREFIX_BYTES, body);
        return body;
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
