package dev.daybook.storage.journal;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.journal.ScanCase;
import dev.daybook.engine.journal.ScanFacts;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.AlignedBuffers;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a journal from a mark to its end and judges what it finds by the table {@link ScanCase}. Changes nothing on
 * disk.
 */
final class JournalScan {
    /** Groups of records begin at multiples of this; zeros up to there are no damage. */
    static final int GROUP_ALIGNMENT = AlignedBuffers.BLOCK_BYTES;

    private final Disk disk;
    private final int journalIndex;
    private final int journalCount;
    private final JournalVisitor visitor;
    private final RecordCodec codec = new RecordCodec();
    private ByteBuffer memory = ByteBuffer.allocate(0);

    JournalScan(Disk disk, int journalIndex, int journalCount, JournalVisitor visitor) {
        this.disk = disk;
        this.journalIndex = journalIndex;
        this.journalCount = journalCount;
        this.visitor = visitor;
    }

    /**
     * @param finished the successor's header says where this file ends; everything before was synced
     * @param nextSequence of the successor's first record
     */
    private record FilePlan(JournalHeader header, boolean finished, long end, long nextSequence) {}

    /**
     * @param mark where to begin; everything before is in the entry logs. Absent: there must be nothing before
     * @throws StorageDamage if durable records are missing or damaged
     */
    JournalEnd scan(Optional<JournalPosition> mark) throws IOException {
        // Files before the mark may be in any state: they wait for their removal or were on their way to be reused.
        long oldest = mark.map(JournalPosition::generation).orElse(0L);
        List<Long> generations = JournalNames.generations(disk).stream()
                .filter(generation -> generation >= oldest)
                .toList();
        List<JournalHeader> headers = headersOf(generations);
        if (headers.isEmpty()) {
            if (mark.isPresent()) {
                throw new StorageDamage("The journal in " + disk.path() + " is missing: the checkpoint continues at "
                        + mark.get() + ". Restore the directory, or start the bookie once with --accept-data-loss.");
            }
            return JournalEnd.NONE;
        }
        checkChain(headers, mark);
        JournalEnd end = JournalEnd.NONE;
        for (int i = 0; i < headers.size(); i++) {
            JournalHeader header = headers.get(i);
            boolean finished = i + 1 < headers.size();
            FilePlan plan = new FilePlan(
                    header,
                    finished,
                    finished ? headers.get(i + 1).previousEnd() : Long.MAX_VALUE,
                    finished ? headers.get(i + 1).firstSequence() : -1);
            boolean marked =
                    mark.isPresent() && header.generation() == mark.get().generation();
            end = scanFile(plan, marked ? mark.get().offset() : JournalHeader.BYTES);
        }
        return end;
    }

    /** Headers of all files; a last file that was torn while it was made has none and does not count. */
    private List<JournalHeader> headersOf(List<Long> generations) throws IOException {
        List<JournalHeader> headers = new ArrayList<>();
        for (int i = 0; i < generations.size(); i++) {
            long generation = generations.get(i);
            Optional<JournalHeader> header = headerOf(generation);
            checkLength(generation, header.map(JournalHeader::fileBytes).orElse((long) JournalHeader.BYTES));
            if (header.isPresent()) {
                headers.add(header.get());
                continue;
            }
            boolean last = i + 1 == generations.size();
            boolean holdsRecords = last && holdsRecords(generation);
            ScanCase row = ScanCase.of(new ScanFacts(false, false, false, last, holdsRecords));
            if (row.action() == ScanCase.Action.REFUSE_TO_START) {
                throw damage(row, generation, 0);
            }
        }
        return headers;
    }

    /** A file has its full length, durably, before it gets its name: it can have been cut off only later. */
    private void checkLength(long generation, long bytes) throws IOException {
        long found = disk.size(JournalNames.of(generation));
        if (found < bytes) {
            throw damage("was cut off at byte " + found, generation);
        }
    }

    private Optional<JournalHeader> headerOf(long generation) throws IOException {
        try (DiskFile file = disk.open(JournalNames.of(generation))) {
            ByteBuffer bytes = ByteBuffer.allocate(JournalHeader.BYTES);
            file.read(0, bytes);
            Optional<JournalHeader> header = JournalHeader.decode(bytes.flip());
            if (header.isPresent()
                    && (header.get().journalIndex() != journalIndex
                            || header.get().journalCount() != journalCount)) {
                throw new StorageDamage("The journal in " + disk.path() + " is number "
                        + header.get().journalIndex() + " of " + header.get().journalCount()
                        + ", but is configured as number " + journalIndex + " of " + journalCount
                        + ": restore the former list of journal directories.");
            }
            return header.filter(found -> found.generation() == generation);
        }
    }

    /** The header is synced before the first record is written, so a record proves that there was a header. */
    private boolean holdsRecords(long generation) throws IOException {
        try (DiskFile file = disk.open(JournalNames.of(generation))) {
            FileWindow window = windowOf(file);
            return laterMarks(window, generation, JournalHeader.BYTES, 0, -1);
        }
    }

    private void checkChain(List<JournalHeader> headers, Optional<JournalPosition> mark) throws StorageDamage {
        long firstNeeded = mark.map(JournalPosition::generation).orElse(1L);
        if (headers.stream().noneMatch(header -> header.generation() == firstNeeded)) {
            throw missing(firstNeeded);
        }
        for (int i = 1; i < headers.size(); i++) {
            JournalHeader header = headers.get(i);
            if (header.previousGeneration() != headers.get(i - 1).generation()) {
                throw missing(header.previousGeneration());
            }
        }
    }

    private StorageDamage missing(long generation) {
        return new StorageDamage("The journal file " + JournalNames.of(generation) + " is missing in " + disk.path()
                + ": restore it, or start the bookie once with --accept-data-loss.");
    }

    private JournalEnd scanFile(FilePlan plan, long from) throws IOException {
        long generation = plan.header().generation();
        try (DiskFile file = disk.open(JournalNames.of(generation))) {
            FileWindow window = windowOf(file);
            long offset = from;
            long validEnd = from;
            // The mark does not know the sequence number at its place: the first record there sets it.
            long sequence = from == JournalHeader.BYTES ? plan.header().firstSequence() : -1;
            while (offset < plan.end()) {
                if (isPadding(window, offset)) {
                    offset = nextGroup(offset);
                    continue;
                }
                ScanCase row = ScanCase.of(factsAt(window, plan, offset, validEnd, sequence));
                if (row.action() == ScanCase.Action.REFUSE_TO_START) {
                    throw damage(row, generation, offset);
                }
                if (row.action() == ScanCase.Action.TRUNCATE) {
                    break;
                }
                ByteBuffer buffer = recordAt(window, offset);
                int start = window.indexOf(offset);
                if (RecordCodec.isMark(buffer, start)) {
                    sequence = RecordCodec.sequenceAt(buffer, start);
                    offset += RecordCodec.PREFIX_BYTES;
                    continue;
                }
                sequence = RecordCodec.sequenceAt(buffer, start) + 1;
                JournalRecord<EntryBytes> fact = RecordCodec.decode(buffer, start);
                visitor.visit(new JournalPosition(generation, offset), fact);
                offset += alignedBytesAt(window, offset);
                validEnd = offset;
            }
            if (plan.finished() && from < plan.end() && sequence != plan.nextSequence()) {
                throw damage("lacks records at its end, which were synced", generation);
            }
            return new JournalEnd(
                    generation, validEnd, Math.max(sequence, plan.header().firstSequence()));
        }
    }

    private FileWindow windowOf(DiskFile file) throws IOException {
        FileWindow window = new FileWindow(file, memory);
        memory = window.memory();
        return window;
    }

    /** Only zeros up to the next group. A record never begins with eight zeros. */
    static boolean isPadding(FileWindow window, long offset) throws IOException {
        int rest = (int) (nextGroup(offset - 1) - offset);
        if (rest == 0 || !window.has(offset, rest)) {
            return false;
        }
        ByteBuffer buffer = window.bytesAt(offset, rest);
        int start = window.indexOf(offset);
        // Group starts and records are multiples of eight.
        for (int i = 0; i < rest; i += Long.BYTES) {
            if (buffer.getLong(start + i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The first group start behind the offset. */
    static long nextGroup(long offset) {
        return (offset / GROUP_ALIGNMENT + 1) * GROUP_ALIGNMENT;
    }

    /** @param validEnd where the last valid record ended; only zeros lie between it and the offset */
    private ScanFacts factsAt(FileWindow window, FilePlan plan, long offset, long validEnd, long sequence)
            throws IOException {
        long generation = plan.header().generation();
        boolean lengthPlausible = isLengthPlausible(window, offset);
        boolean valid = false;
        if (lengthPlausible) {
            ByteBuffer buffer = recordAt(window, offset);
            int start = window.indexOf(offset);
            valid = codec.isChecksumValid(buffer, start, generation, offset)
                    && (sequence < 0 || RecordCodec.sequenceAt(buffer, start) == sequence);
        }
        boolean knownSynced = plan.finished();
        if (!valid && !knownSynced) {
            // A mark right here that is not the next one proves more: what is missing lies before it.
            knownSynced = provesSync(window, generation, offset, sequence, validEnd)
                    || laterMarks(window, generation, nextGroup(offset), sequence, offset);
        }
        return new ScanFacts(true, lengthPlausible, valid, !plan.finished(), knownSynced);
    }

    static boolean isLengthPlausible(FileWindow window, long offset) throws IOException {
        if (!window.has(offset, RecordCodec.PREFIX_BYTES)) {
            return false;
        }
        ByteBuffer buffer = window.bytesAt(offset, RecordCodec.PREFIX_BYTES);
        int contentBytes = RecordCodec.contentBytesAt(buffer, window.indexOf(offset));
        return contentBytes >= 0
                && contentBytes <= RecordCodec.CONTENT_BYTES_MAX
                && window.has(offset, RecordCodec.PREFIX_BYTES + (long) contentBytes);
    }

    /** A buffer with the whole record, whose length must be plausible. */
    static ByteBuffer recordAt(FileWindow window, long offset) throws IOException {
        long bytes = Math.min(alignedBytesAt(window, offset), window.fileBytes() - offset);
        return window.bytesAt(offset, (int) bytes);
    }

    static int alignedBytesAt(FileWindow window, long offset) throws IOException {
        ByteBuffer buffer = window.bytesAt(offset, RecordCodec.PREFIX_BYTES);
        return RecordCodec.aligned(
                RecordCodec.PREFIX_BYTES + RecordCodec.contentBytesAt(buffer, window.indexOf(offset)));
    }

    private boolean laterMarks(FileWindow window, long generation, long from, long sequence, long damagedOffset)
            throws IOException {
        for (long offset = from; window.has(offset, RecordCodec.PREFIX_BYTES); offset += GROUP_ALIGNMENT) {
            if (provesSync(window, generation, offset, sequence, damagedOffset)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a group, behind the expected record, was written after the damaged place had been synced. Marks are small
     * and lie at group starts only, so the search through a file costs no more than reading it, whatever the file holds.
     */
    private boolean provesSync(FileWindow window, long generation, long offset, long sequence, long damagedOffset)
            throws IOException {
        if (offset % GROUP_ALIGNMENT != 0 || !window.has(offset, RecordCodec.PREFIX_BYTES)) {
            return false;
        }
        ByteBuffer buffer = window.bytesAt(offset, RecordCodec.PREFIX_BYTES);
        int start = window.indexOf(offset);
        return RecordCodec.isMark(buffer, start)
                && RecordCodec.sequenceAt(buffer, start) > Math.max(sequence, 0)
                && RecordCodec.syncedEndAt(buffer, start) > damagedOffset
                && RecordCodec.syncedEndAt(buffer, start) <= offset
                && codec.isChecksumValid(buffer, start, generation, offset);
    }

    private StorageDamage damage(ScanCase row, long generation, long offset) {
        return damage("is damaged at byte " + offset + " (" + row.name() + ")", generation);
    }

    private StorageDamage damage(String what, long generation) {
        return new StorageDamage("The journal file " + JournalNames.of(generation) + " in " + disk.path() + " " + what
                + ", so acknowledged entries may be lost: start the bookie once with --accept-data-loss, which denies "
                + "nothing of what may be lost, and let the cluster restore its copies.");
    }
}
