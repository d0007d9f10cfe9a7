package dev.daybook.importer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The index of interleaved and sorted storage: one file per ledger, with an array of locations. Source: bookie
 * specification, section 17.3.
 */
final class IndexFiles implements LedgerIndex {
    private static final String SUFFIX = ".idx";
    private static final int DEPTH = 3;
    private static final int MAGIC = 0x424b_4c45; // "BKLE"
    private static final int VERSION_MAX = 1;
    private static final int KEY_LENGTH_OFFSET = 8;
    private static final int LOCATIONS_OFFSET = 1024;
    private static final int FENCED = 1;

    private final NavigableMap<Long, Path> files = new TreeMap<>();

    private IndexFiles() {}

    static IndexFiles list(List<Path> folders) throws IOException {
        IndexFiles index = new IndexFiles();
        for (Path folder : folders) {
            Path current = SourceFolders.current(folder);
            List<Path> found;
            try (Stream<Path> walk = Files.walk(current, DEPTH)) {
                found = walk.filter(path -> isIndexFile(current, path)).toList();
            }
            for (Path path : found) {
                index.files.putIfAbsent(ledgerIdOf(path), path);
            }
        }
        return index;
    }

    private static boolean isIndexFile(Path current, Path path) {
        return current.relativize(path).getNameCount() == DEPTH
                && nameOf(path).matches("[0-9a-f]{1,16}\\.idx")
                && Files.isRegularFile(path);
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static long ledgerIdOf(Path path) {
        String name = nameOf(path);
        return Long.parseUnsignedLong(name.substring(0, name.length() - SUFFIX.length()), 16);
    }

    @Override
    public long[] ledgerIds() {
        return files.keySet().stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public Optional<SourceLedger> ledger(long ledgerId) throws IOException {
        Path path = files.get(ledgerId);
        if (path == null) {
            return Optional.empty();
        }
        try (SourceFile file = SourceFile.open(path)) {
            checkHeader(file);
            int version = file.intAt(Integer.BYTES);
            byte[] key = lengthPrefixed(file, KEY_LENGTH_OFFSET);
            int stateOffset = KEY_LENGTH_OFFSET + Integer.BYTES + key.length;
            boolean fenced = (file.intAt(stateOffset) & FENCED) != 0;
            byte[] lac = version >= VERSION_MAX ? lengthPrefixed(file, stateOffset + Integer.BYTES) : new byte[0];
            return Optional.of(new SourceLedger(
                    ledgerId, key, fenced, lac.length == 0 ? Optional.empty() : Optional.of(lac), false));
        }
    }

    private static void checkHeader(SourceFile file) throws IOException {
        boolean whole = file.has(0, LOCATIONS_OFFSET)
                && file.intAt(0) == MAGIC
                && file.intAt(Integer.BYTES) >= 0
                && file.intAt(Integer.BYTES) <= VERSION_MAX;
        if (!whole) {
            throw damaged(file);
        }
    }

    private static byte[] lengthPrefixed(SourceFile file, int offset) throws IOException {
        int length = file.intAt(offset);
        if (length < 0 || length > LOCATIONS_OFFSET - offset - Integer.BYTES) {
            throw damaged(file);
        }
        return file.bytesAt(offset + (long) Integer.BYTES, length);
    }

    private static SourceRefused damaged(SourceFile file) {
        return new SourceRefused("The index file " + file.path()
                + " has no valid header, so it is unknown what this bookie has of the ledger.");
    }

    @Override
    public void forEachEntry(long ledgerId, long fromEntryId, LocationVisitor visitor) throws IOException {
        Path path = files.get(ledgerId);
        if (path == null) {
            return;
        }
        try (SourceFile file = SourceFile.open(path)) {
            checkHeader(file);
            long slots = (file.bytes() - LOCATIONS_OFFSET) / Long.BYTES;
            for (long entryId = fromEntryId; entryId < slots; entryId++) {
                long location = file.longAt(LOCATIONS_OFFSET + entryId * Long.BYTES);
                if (location != 0 && !visitor.entry(entryId, location)) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        files.clear();
    }
}
