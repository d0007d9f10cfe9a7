package dev.daybook.storage.journal;

import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows a journal to a person: all files, past damage, whatever the mark says. Changes nothing on disk. */
public final class JournalInspection {
    private final Disk disk;
    private final InspectionVisitor visitor;
    private final RecordCodec codec = new RecordCodec();

    private JournalInspection(Disk disk, InspectionVisitor visitor) {
        this.disk = disk;
        this.visitor = visitor;
    }

    /** Shows every file. */
    public static void inspect(Disk disk, InspectionVisitor visitor) throws IOException {
        new JournalInspection(disk, visitor).run();
    }

    /**
     * Reads the journal from the mark as a start would.
     *
     * @return where it ends
     * @throws StorageDamage if a start would refuse
     */
    public static JournalPosition verify(
            Disk disk, int journalIndex, int journalCount, Optional<JournalPosition> mark, JournalVisitor visitor)
            throws IOException {
        JournalEnd end = new JournalScan(disk, journalIndex, journalCount, visitor).scan(mark);
        return new JournalPosition(end.generation(), end.offset());
    }

    private void run() throws IOException {
        List<JournalFile> files = new ArrayList<>();
        for (long generation : JournalNames.generations(disk)) {
            files.add(describe(generation));
        }
        for (int i = 0; i < files.size(); i++) {
            JournalFile file = files.get(i);
            visitor.file(file);
            Optional<JournalFile> successor = files.stream()
                    .skip(i + 1L)
                    .filter(later -> later.hasHeader() && later.previousGeneration() == file.generation())
                    .findFirst();
            if (file.hasHeader()) {
                walk(file, successor.map(JournalFile::previousEnd));
            } else if (i + 1 < files.size()) {
                visitor.damage(
                        new JournalPosition(file.generation(), 0), JournalHeader.BYTES, "it has no valid header");
            }
        }
    }

    private JournalFile describe(long generation) throws IOException {
        String name = JournalNames.of(generation);
        try (DiskFile file = disk.open(name)) {
            ByteBuffer bytes = ByteBuffer.allocate(JournalHeader.BYTES);
            file.read(0, bytes);
            Optional<JournalHeader> found =
                    JournalHeader.decode(bytes.flip()).filter(header -> header.generation() == generation);
            return found.map(header -> new JournalFile(
                            name,
                            generation,
                            sizeOf(name),
                            true,
                            header.journalIndex(),
                            header.journalCount(),
                            header.previousGeneration(),
                            header.previousEnd(),
                            header.firstSequence()))
                    .orElseGet(() -> new JournalFile(name, generation, sizeOf(name), false, 0, 0, 0, 0, 0));
        }
    }

    private long sizeOf(String name) {
        try {
            return disk.size(name);
        } catch (IOException e) {
            return 0; // Removed this moment.
        }
    }

    /** @param knownEnd where the records must end, as the next file says */
    private void walk(JournalFile journalFile, Optional<Long> knownEnd) throws IOException {
        long generation = journalFile.generation();
        try (DiskFile file = disk.open(journalFile.name())) {
            FileWindow window = new FileWindow(file, ByteBuffer.allocate(0));
            long limit = Math.min(window.fileBytes(), knownEnd.orElse(Long.MAX_VALUE));
            long offset = JournalHeader.BYTES;
            long validEnd = offset;
            long damagedFrom = -1;
            long sequence = journalFile.firstSequence();
            while (offset < limit) {
                if (JournalScan.isPadding(window, offset)) {
                    offset = JournalScan.nextGroup(offset);
                    continue;
                }
                if (!isValid(window, generation, offset)) {
                    damagedFrom = damagedFrom < 0 ? offset : damagedFrom;
                    offset = JournalScan.nextGroup(offset);
                    continue;
                }
                if (damagedFrom >= 0) {
                    visitor.damage(new JournalPosition(generation, damagedFrom), offset, "no valid record lies there");
                    damagedFrom = -1;
                } else if (sequenceAt(window, offset) != sequence) {
                    visitor.damage(new JournalPosition(generation, validEnd), offset, "records are missing there");
                }
                sequence = show(window, generation, offset);
                offset += JournalScan.alignedBytesAt(window, offset);
                validEnd = offset;
            }
            if (knownEnd.isPresent() && (damagedFrom >= 0 || window.fileBytes() < knownEnd.get())) {
                visitor.damage(
                        new JournalPosition(generation, Math.max(damagedFrom, validEnd)),
                        knownEnd.get(),
                        "the next file says that records lie there");
            }
            visitor.end(new JournalPosition(generation, validEnd), Math.max(0, window.fileBytes() - validEnd));
        }
    }

    private boolean isValid(FileWindow window, long generation, long offset) throws IOException {
        if (!JournalScan.isLengthPlausible(window, offset)) {
            return false;
        }
        ByteBuffer buffer = JournalScan.recordAt(window, offset);
        return codec.isChecksumValid(buffer, window.indexOf(offset), generation, offset);
    }

    private static long sequenceAt(FileWindow window, long offset) throws IOException {
        ByteBuffer buffer = window.bytesAt(offset, RecordCodec.PREFIX_BYTES);
        return RecordCodec.sequenceAt(buffer, window.indexOf(offset));
    }

    /** Returns the sequence number to come. */
    private long show(FileWindow window, long generation, long offset) throws IOException {
        ByteBuffer buffer = JournalScan.recordAt(window, offset);
        int start = window.indexOf(offset);
        JournalPosition position = new JournalPosition(generation, offset);
        long sequence = RecordCodec.sequenceAt(buffer, start);
        long syncedEnd = RecordCodec.syncedEndAt(buffer, start);
        if (RecordCodec.isMark(buffer, start)) {
            visitor.mark(position, sequence, syncedEnd);
            return sequence;
        }
        visitor.record(
                position,
                sequence,
                syncedEnd,
                RecordCodec.contentBytesAt(buffer, start),
                RecordCodec.decode(buffer, start));
        return sequence + 1;
    }
}
