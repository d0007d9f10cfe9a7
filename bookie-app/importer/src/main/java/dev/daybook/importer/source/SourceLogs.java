package dev.daybook.importer.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The entry logs of one storage unit. Source: bookie specification, section 17.2. Owned by one thread. */
public final class SourceLogs implements Closeable {
    /** A log that a compaction was about to publish has a longer name; it is used only if the short one is missing. */
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{1,8})\\.log(\\.[0-9a-f]{1,8}\\.compacted)?");

    private static final int MAGIC = 0x424b_4c4f; // "BKLO"
    private static final int HEADER_BYTES = 1024;
    private static final int PACKAGED_BYTES_MIN = 24;
    private static final int OPEN_FILES_MAX = 64;

    private final Map<Integer, Path> paths = new HashMap<>();
    private final LinkedHashMap<Integer, SourceFile> open = new LinkedHashMap<>(16, 0.75f, true);

    private SourceLogs() {}

    static SourceLogs list(List<Path> folders) throws IOException {
        SourceLogs logs = new SourceLogs();
        Map<Integer, Path> unpublished = new HashMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(SourceFolders.current(folder))) {
                for (Path path : files.toList()) {
                    Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
                    if (name.matches()) {
                        (name.group(2) == null ? logs.paths : unpublished)
                                .put(Integer.parseUnsignedInt(name.group(1), 16), path);
                    }
                }
            }
        }
        unpublished.forEach(logs.paths::putIfAbsent);
        return logs;
    }

    /** How many logs there are. */
    public int count() {
        return paths.size();
    }

    /** Length of all logs together. */
    public long bytes() throws IOException {
        long bytes = 0;
        for (Path path : paths.values()) {
            bytes += Files.size(path);
        }
        return bytes;
    }

    /**
     * The packaged entry.
     *
     * @throws SourceRefused with a sentence if the place does not hold this entry
     */
    public byte[] read(long ledgerId, long entryId, long location) throws IOException {
        int logId = (int) (location >>> Integer.SIZE);
        long offset = location & 0xffff_ffffL;
        Path path = paths.get(logId);
        if (path == null) {
            throw new SourceRefused("Entry " + entryId + " of ledger " + ledgerId + " should lie in the entry log "
                    + Integer.toHexString(logId) + ".log, which is missing.");
        }
        SourceFile file = file(logId, path);
        if (offset < HEADER_BYTES + Integer.BYTES || !file.has(offset - Integer.BYTES, Integer.BYTES)) {
            throw misplaced(ledgerId, entryId, path, offset);
        }
        int length = file.intAt(offset - Integer.BYTES);
        if (length < PACKAGED_BYTES_MIN
                || !file.has(offset, length)
                || file.longAt(offset) != ledgerId
                || file.longAt(offset + Long.BYTES) != entryId) {
            throw misplaced(ledgerId, entryId, path, offset);
        }
        return file.bytesAt(offset, length);
    }

    private static SourceRefused misplaced(long ledgerId, long entryId, Path path, long offset) {
        return new SourceRefused("Entry " + entryId + " of ledger " + ledgerId
                + " is not where the index says, at byte " + offset + " of " + path + ".");
    }

    private SourceFile file(int logId, Path path) throws IOException {
        SourceFile file = open.get(logId);
        if (file != null) {
            return file;
        }
        SourceFile opened = SourceFile.open(path);
        if (!opened.has(0, HEADER_BYTES) || opened.intAt(0) != MAGIC) {
            opened.close();
            throw new SourceRefused("The entry log " + path + " has no valid header.");
        }
        if (open.size() >= OPEN_FILES_MAX) {
            Iterator<SourceFile> eldest = open.values().iterator();
            eldest.next().close();
            eldest.remove();
        }
        open.put(logId, opened);
        return opened;
    }

    @Override
    public void close() throws IOException {
        for (SourceFile file : open.values()) {
            file.close();
        }
    }
}
