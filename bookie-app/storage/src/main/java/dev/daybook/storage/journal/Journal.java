package dev.daybook.storage.journal;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.storage.LossConsent;
import dev.daybook.storage.disk.AlignedBuffers;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One journal: appends facts in groups. Owned by one thread, except {@link #syncedEnd}, {@link #fill} and
 * {@link #usage}. After any exception the journal must not be used again: what the failed call wrote may or may not be
 * durable, and only a restart can tell.
 *
 * <p>Steps of a group: {@link #append} each fact, {@link #write}, {@link #sync}. Nothing is promised before the sync.
 * When a fact does not fit into the file any more, the group is ended and {@link #roll} goes on in the next file, which
 * {@link #files} have made ahead; so appending never needs space that might not be there.
 */
public final class Journal implements AutoCloseable {
    /** Ends the name of every journal file. */
    public static final String FILE_SUFFIX = JournalNames.SUFFIX;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int BUFFER_BYTES_MIN = 1 << 14;

    /** A larger buffer is given back after the group that needed it. */
    private static final int BUFFER_BYTES_KEPT_MAX = 4 << 20;

    private final Disk disk;
    private final int journalIndex;
    private final int journalCount;
    private final JournalFiles files;
    private final RecordCodec codec = new RecordCodec();

    /** Absent after a start for which there was no space: then nothing fits until the first roll. */
    private Optional<DiskFile> file = Optional.empty();

    private long fileBytes;
    private volatile long generation;
    private long nextSequence;

    /** Where the buffer will be written; always at a group start. */
    private long writtenOffset;

    private long syncedOffset;

    /** The synced end that the last seal noted. */
    private long sealedOffset;

    private ByteBuffer buffer = AlignedBuffers.allocate(BUFFER_BYTES_MIN);
    private volatile JournalPosition syncedEnd;
    private volatile Fill fill;

    private Journal(Disk disk, int journalIndex, int journalCount, JournalFiles files, JournalEnd end) {
        this.disk = disk;
        this.journalIndex = journalIndex;
        this.journalCount = journalCount;
        this.files = files;
        this.nextSequence = end.nextSequence();
        this.generation = end.generation();
        this.writtenOffset = end.offset();
        this.syncedOffset = end.offset();
        this.sealedOffset = end.offset();
        this.syncedEnd = new JournalPosition(generation, syncedOffset);
        this.fill = new Fill(generation, 1);
    }

    /** @param usedShare of the file of that generation, 0 to 1 */
    public record Fill(long generation, double usedShare) {}

    /**
     * Replays what lies behind the mark and begins a new file, if there is space for it.
     *
     * @param mark absent if no checkpoint exists; then the journal must be complete or not exist at all
     * @throws dev.daybook.storage.StorageDamage if durable records are missing or damaged
     */
    public static Journal open(
            Disk disk,
            int journalIndex,
            int journalCount,
            JournalConfig config,
            Optional<JournalPosition> mark,
            JournalVisitor visitor)
            throws IOException {
        return open(disk, journalIndex, journalCount, config, mark, visitor, LossConsent.REFUSED);
    }

    /** @param consent asked before what lies behind the first damage is given up */
    public static Journal open(
            Disk disk,
            int journalIndex,
            int journalCount,
            JournalConfig config,
            Optional<JournalPosition> mark,
            JournalVisitor visitor,
            LossConsent consent)
            throws IOException {
        JournalScan scan = new JournalScan(disk, journalIndex, journalCount, visitor);
        JournalEnd end = JournalSalvage.scan(scan, disk, mark, consent);
        syncFound(disk, end);
        JournalFiles files = new JournalFiles(disk, config);
        files.tidy();
        if (mark.isPresent()) {
            files.trim(mark.get());
        }
        Journal journal = new Journal(disk, journalIndex, journalCount, files, end);
        try {
            journal.roll(files.make(journal.nextGeneration(), config.firstFileBytes(), () -> {}));
            journal.publishSynced();
        } catch (DiskFullException e) {
            if (mark.isEmpty()) {
                throw e; // A journal that never was cannot do without a first file.
            }
            LOG.warn("{} The journal takes nothing until there is.", e.getMessage());
        }
        return journal;
    }

    /** Where the oldest file that is there begins; empty if there is none. */
    public static Optional<JournalPosition> oldest(Disk disk) throws IOException {
        return JournalSalvage.oldest(disk);
    }

    /**
     * The process before may have died between a write and its sync. The next header will say that everything found here
     * is synced, and the replay takes it for acknowledged, so neither may depend on the page cache.
     */
    private static void syncFound(Disk disk, JournalEnd end) throws IOException {
        String name = JournalNames.of(end.generation());
        if (disk.exists(name)) {
            try (DiskFile last = disk.open(name)) {
                last.sync();
            }
        }
    }

    /** Whether the directory holds any journal file. */
    public static boolean exists(Disk disk) throws IOException {
        return !JournalNames.generations(disk).isEmpty();
    }

    /** Those to come and those to be written over; for another thread. */
    public JournalFiles files() {
        return files;
    }

    /** The generation that {@link #roll} will go on with. */
    public long nextGeneration() {
        return generation + 1;
    }

    /** How much of the present file is used. Thread-safe. */
    public Fill fill() {
        return fill;
    }

    /** Whether the fact fits into the file behind what the group has already. Nothing is too large for an empty file. */
    public boolean hasRoomFor(JournalRecord<EntryBytes> fact) {
        int mark = buffer.position() == 0 ? RecordCodec.PREFIX_BYTES : 0;
        long groupBytes = AlignedBuffers.roundUp((long) buffer.position() + mark + RecordCodec.bytesOf(fact));
        // The last block is left for the seal.
        boolean fits = writtenOffset + groupBytes <= fileBytes - AlignedBuffers.BLOCK_BYTES;
        return file.isPresent() && (fits || (writtenOffset == JournalHeader.BYTES && buffer.position() == 0));
    }

    /** Goes on in another file. Everything must be synced. */
    public void roll(NextFile next) throws IOException {
        if (syncedOffset != writtenOffset || buffer.position() != 0) {
            throw new IllegalStateException("journal file " + generation + " is not synced, so it cannot be finished");
        }
        if (next.generation() != nextGeneration()) {
            throw new IllegalStateException("file " + next.generation() + " does not follow " + generation);
        }
        JournalHeader header = new JournalHeader(
                next.generation(), journalIndex, journalCount, generation, syncedOffset, nextSequence, next.bytes());
        next.file().write(0, header.encode());
        next.file().sync();
        if (file.isPresent()) {
            file.get().close();
        }
        file = Optional.of(next.file());
        fileBytes = next.bytes();
        generation = next.generation();
        writtenOffset = JournalHeader.BYTES;
        syncedOffset = JournalHeader.BYTES;
        sealedOffset = JournalHeader.BYTES;
        noteFill();
    }

    private void noteFill() {
        fill = new Fill(generation, Math.min(1, (double) writtenOffset / fileBytes));
    }

    /** Takes the fact into the group. Returns the bytes that the group has now. */
    public int append(JournalRecord<EntryBytes> fact) {
        ensureCapacity(RecordCodec.PREFIX_BYTES + RecordCodec.bytesOf(fact));
        if (buffer.position() == 0) {
            codec.encodeMark(generation, writtenOffset, nextSequence, syncedOffset, buffer);
        }
        codec.encode(fact, generation, writtenOffset + buffer.position(), nextSequence, syncedOffset, buffer);
        nextSequence++;
        return buffer.position();
    }

    private void ensureCapacity(int bytes) {
        long needed = AlignedBuffers.roundUp((long) buffer.position() + bytes);
        if (needed > buffer.capacity()) {
            long capacity = Math.max(needed, Math.min(buffer.capacity() * 2L, BUFFER_BYTES_KEPT_MAX));
            buffer = AlignedBuffers.allocate(Math.toIntExact(capacity)).put(buffer.flip());
        }
    }

    /** Hands the group to the operating system. */
    public void write() throws IOException {
        if (buffer.position() == 0) {
            return;
        }
        AlignedBuffers.pad(buffer);
        buffer.flip();
        int bytes = buffer.limit();
        present().write(writtenOffset, buffer);
        writtenOffset += bytes;
        if (buffer.capacity() > BUFFER_BYTES_KEPT_MAX) {
            buffer = AlignedBuffers.allocate(BUFFER_BYTES_MIN);
        }
        buffer.clear();
        noteFill();
    }

    private DiskFile present() {
        return file.orElseThrow(() -> new IllegalStateException("the journal has no file yet"));
    }

    /**
     * Makes everything written durable.
     *
     * @return the end of what is durable; it is also what {@link #syncedEnd} says from {@link #publishSynced} on
     */
    public JournalPosition sync() throws IOException {
        if (syncedOffset < writtenOffset) {
            present().sync();
            syncedOffset = writtenOffset;
        }
        return new JournalPosition(generation, syncedOffset);
    }

    /**
     * Lets checkpoints take the synced end as their mark. To be called after whoever stores the facts has been told of
     * the sync, so that a mark never runs ahead of what its checkpoint will contain.
     */
    public void publishSynced() {
        syncedEnd = new JournalPosition(generation, syncedOffset);
    }

    /**
     * Notes behind the last group that it is synced, so that damage to it is told from a torn write. The note itself is
     * not synced, survives the end of the process though, and is overwritten by the next group. To be called when no
     * group follows at once.
     */
    public void seal() throws IOException {
        boolean fits = writtenOffset + AlignedBuffers.BLOCK_BYTES <= fileBytes;
        if (sealedOffset == syncedOffset || syncedOffset != writtenOffset || buffer.position() != 0 || !fits) {
            return;
        }
        codec.encodeMark(generation, writtenOffset, nextSequence, syncedOffset, buffer);
        AlignedBuffers.pad(buffer);
        present().write(writtenOffset, buffer.flip());
        buffer.clear();
        sealedOffset = syncedOffset;
    }

    /** The end of what is durable and stored. Thread-safe. */
    public JournalPosition syncedEnd() {
        return syncedEnd;
    }

    /** Looks at the directory. Thread-safe. */
    public JournalUsage usage(JournalPosition mark) throws IOException {
        JournalPosition head = syncedEnd;
        long bytes = 0;
        long replayBytes = -mark.offset();
        List<Long> generations = JournalNames.generations(disk);
        for (long present : generations) {
            long fileBytes = sizeIfPresent(JournalNames.of(present));
            bytes += fileBytes;
            if (present >= mark.generation() && present < head.generation()) {
                replayBytes += fileBytes;
            }
        }
        return new JournalUsage(generations.size(), bytes, head, Math.max(0, replayBytes + head.offset()));
    }

    /** A file may be trimmed while its size is asked for. */
    private long sizeIfPresent(String name) throws IOException {
        try {
            return disk.size(name);
        } catch (IOException e) {
            if (disk.exists(name)) {
                throw e;
            }
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
