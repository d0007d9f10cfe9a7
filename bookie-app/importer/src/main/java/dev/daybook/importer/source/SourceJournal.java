package dev.daybook.importer.source;

import dev.daybook.engine.journal.JournalRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One journal directory, replayed from its last mark. Source: bookie specification, sections 5.6 and 17.1. Facts of
 * ledgers that were deleted since may appear; the index tells.
 */
public final class SourceJournal {
    private static final String SUFFIX = ".txn";
    private static final int MAGIC = 0x424b_4c47; // "BKLG"
    private static final int VERSION_MIN = 2;
    private static final int VERSION_PADDED = 5;
    private static final int VERSION_MAX = 6;
    private static final int SHORT_HEADER_BYTES = 8;
    private static final int HEADER_BYTES = 512;
    private static final int PADDING = -0x100;
    private static final int MARK_BYTES = 16;
    private static final int RECORD_BYTES_MAX = 64 << 20;

    private static final long MASTER_KEY = -0x1000;
    private static final long FENCE = -0x2000;
    private static final long EXPLICIT_LAC = -0x8000;

    private static final int ENTRY_BYTES_MIN = 24;
    private static final int IDS_BYTES = 16;
    private static final int LAC_PACKET_BYTES_MIN = 16;

    private final Path current;
    private final Mark mark;

    private SourceJournal(Path current, Mark mark) {
        this.current = current;
        this.mark = mark;
    }

    /** Where a replay begins. */
    public record Mark(long fileId, long offset) {}

    /** Takes facts in the order of the journal. */
    @FunctionalInterface
    public interface FactVisitor {
        void fact(JournalRecord<byte[]> fact) throws IOException;
    }

    /** The largest of all copies of the mark counts; without any, everything is replayed. */
    static SourceJournal open(SourceFolders folders, int journalIndex) throws IOException {
        String name = folders.journals().size() == 1 ? "lastMark" : "lastMark." + journalIndex;
        Mark mark = new Mark(0, 0);
        for (Path folder : folders.ledgers()) {
            Optional<Mark> copy = readMark(SourceFolders.current(folder).resolve(name));
            if (copy.isPresent() && isBehind(copy.get(), mark)) {
                mark = copy.get();
            }
        }
        return new SourceJournal(SourceFolders.current(folders.journals().get(journalIndex)), mark);
    }

    private static boolean isBehind(Mark one, Mark other) {
        return one.fileId() > other.fileId() || (one.fileId() == other.fileId() && one.offset() > other.offset());
    }

    private static Optional<Mark> readMark(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) < MARK_BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        return Optional.of(new Mark(bytes.getLong(), bytes.getLong()));
    }

    public Mark mark() {
        return mark;
    }

    /** Ids of the files that a replay reads, ascending. */
    List<Long> fileIds() throws IOException {
        try (Stream<Path> files = Files.list(current)) {
            return files.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.matches("[0-9a-f]{1,16}\\.txn"))
                    .map(name -> Long.parseUnsignedLong(name.substring(0, name.length() - SUFFIX.length()), 16))
                    .filter(id -> id >= mark.fileId())
                    .sorted()
                    .toList();
        }
    }

    /** Tells every fact behind the mark. May be called again. */
    public void replay(FactVisitor visitor) throws IOException {
        List<Long> ids = fileIds();
        if (mark.fileId() > 0 && (ids.isEmpty() || ids.get(0) != mark.fileId())) {
            throw new SourceRefused("The journal file " + current.resolve(nameOf(mark.fileId()))
                    + ", where the last mark points, is missing; give the right --from-journal.");
        }
        for (long id : ids) {
            try (SourceFile file = SourceFile.open(current.resolve(nameOf(id)))) {
                replay(file, id == mark.fileId() ? mark.offset() : 0, visitor);
            }
        }
    }

    private static String nameOf(long fileId) {
        return Long.toHexString(fileId) + SUFFIX;
    }

    private static void replay(SourceFile file, long markedOffset, FactVisitor visitor) throws IOException {
        if (!file.has(0, SHORT_HEADER_BYTES)) {
            return; // Created and never written.
        }
        int version = file.intAt(Integer.BYTES);
        if (file.intAt(0) != MAGIC || version < VERSION_MIN || version > VERSION_MAX) {
            throw new SourceRefused("The journal file " + file.path() + " has a header that is not known here; releases"
                    + " 4.0 to 4.18 of BookKeeper can be imported.");
        }
        long offset = Math.max(markedOffset, version >= VERSION_PADDED ? HEADER_BYTES : SHORT_HEADER_BYTES);
        while (file.has(offset, Integer.BYTES)) {
            int length = file.intAt(offset);
            boolean startsBlock = offset % HEADER_BYTES == 0;
            offset += Integer.BYTES;
            if (length == PADDING && version >= VERSION_PADDED && file.has(offset, Integer.BYTES)) {
                offset += Integer.BYTES + (long) Math.max(0, file.intAt(offset));
                continue;
            }
            if (length == 0 || !file.has(offset, Math.max(0, length))) {
                return;
            }
            if (length < IDS_BYTES || length > RECORD_BYTES_MAX) {
                if (startsBlock && version >= VERSION_PADDED) {
                    return; // The middle of a record of the file's earlier life: data end at such a boundary.
                }
                throw new SourceRefused("The journal file " + file.path() + " is damaged at byte "
                        + (offset - Integer.BYTES) + ", so entries that were acknowledged may be missing: let the"
                        + " cluster restore this bookie's copies elsewhere instead.");
            }
            Optional<JournalRecord<byte[]>> fact = decode(file.bytesAt(offset, length));
            if (fact.isPresent()) {
                visitor.fact(fact.get());
            }
            offset += length;
        }
    }

    /** Empty for kinds that a replay passes over. */
    private static Optional<JournalRecord<byte[]>> decode(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        long ledgerId = bytes.getLong();
        long entryId = bytes.getLong();
        if (entryId >= 0 && payload.length >= ENTRY_BYTES_MIN) {
            return Optional.of(new JournalRecord.Entry<>(ledgerId, entryId, bytes.getLong(), payload));
        }
        if (entryId == FENCE) {
            return Optional.of(new JournalRecord.Fence<>(ledgerId));
        }
        if ((entryId == MASTER_KEY || entryId == EXPLICIT_LAC) && bytes.remaining() >= Integer.BYTES) {
            int length = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                return Optional.empty();
            }
            byte[] content = new byte[length];
            bytes.get(content);
            if (entryId == MASTER_KEY) {
                return Optional.of(new JournalRecord.Key<>(ledgerId, content));
            }
            return length < LAC_PACKET_BYTES_MIN
                    ? Optional.empty()
                    : Optional.of(new JournalRecord.ExplicitLac<>(
                            ledgerId, ByteBuffer.wrap(content).getLong(Long.BYTES), content));
        }
        return Optional.empty();
    }
}
