package dev.daybook.storage.journal;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * One journal: appends facts in groups, and drops files that a checkpoint has made superfluous. Owned by one thread,
 * except {@link #syncedEnd} and {@link #usage}. After any exception the journal must not be used again: what the
 * failed call wrote may or may not be durable, and only a restart can tell.
 *
 * <p>Steps of a group: {@link #append} each fact, {@link #write}, {@link #sync}. Nothing is promised before the sync.
 */
public final class Journal implements AutoCloseable {
    private static final int ZEROS_BYTES = 1 << 18;
    private static final int BUFFER_BYTES_MIN = 1 << 16;

    private final Disk disk;
    private final int journalIndex;
    private final int journalCount;
    private final JournalConfig config;
    private final RecordCodec codec = new RecordCodec();

    private DiskFile file;
    private long generation;
    private long nextSequence;

    /** Where the buffer will be written; always at a group start. */
    private long writtenOffset;

    private long syncedOffset;

    /** The synced end that the last seal noted. */
    private long sealedOffset = JournalHeader.BYTES;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES_MIN);
    private volatile JournalPosition syncedEnd;

    private Journal(Disk disk, int journalIndex, int journalCount, JournalConfig config, JournalEnd end)
            throws IOException {
        this.disk = disk;
        this.journalIndex = journalIndex;
        this.journalCount = journalCount;
        this.config = config;
        this.nextSequence = end.nextSequence();
        this.generation = end.generation() + 1;
        this.file = createFile(generation, end.generation(), end.offset());
        this.writtenOffset = JournalHeader.BYTES;
        this.syncedOffset = JournalHeader.BYTES;
        this.syncedEnd = new JournalPosition(generation, syncedOffset);
    }

    /**
     * Replays what lies behind the mark and begins a new file.
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
        JournalEnd end = new JournalScan(disk, journalIndex, journalCount, visitor).scan(mark);
        return new Journal(disk, journalIndex, journalCount, config, end);
    }

    /** Whether the directory holds any journal file. */
    public static boolean exists(Disk disk) throws IOException {
        return !JournalNames.generations(disk).isEmpty();
    }

    /** The file may exist from a creation that was torn; it then holds no record. */
    private DiskFile createFile(long newGeneration, long previousGeneration, long previousEnd) throws IOException {
        String name = JournalNames.of(newGeneration);
        if (disk.exists(name)) {
            disk.delete(name);
        }
        List<Long> spares = JournalNames.spares(disk);
        boolean reused = !spares.isEmpty();
        if (reused) {
            disk.rename(JournalNames.spareOf(spares.get(0)), name);
        }
        DiskFile created = reused ? disk.open(name) : disk.create(name);
        if (!reused) {
            preallocate(created);
        }
        JournalHeader header = new JournalHeader(
                newGeneration, journalIndex, journalCount, previousGeneration, previousEnd, nextSequence);
        created.write(0, header.encode());
        created.sync();
        disk.syncDirectory();
        return created;
    }

    private void preallocate(DiskFile created) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(ZEROS_BYTES, config.preallocatedBytes()));
        for (long offset = 0; offset < config.preallocatedBytes(); offset += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), config.preallocatedBytes() - offset));
            created.write(offset, zeros);
        }
    }

    /** Takes the fact into the group. Returns the bytes that the group has now. */
    public int append(JournalRecord<byte[]> fact) {
        ensureCapacity(RecordCodec.bytesOf(fact));
        codec.encode(fact, generation, writtenOffset + buffer.position(), nextSequence, syncedOffset, buffer);
        nextSequence++;
        return buffer.position();
    }

    private void ensureCapacity(int bytes) {
        int needed = buffer.position() + bytes + JournalScan.GROUP_ALIGNMENT;
        if (needed > buffer.capacity()) {
            int capacity = Math.max(needed, Math.min(buffer.capacity() * 2, Integer.MAX_VALUE / 2));
            buffer = ByteBuffer.allocateDirect(capacity).put(buffer.flip());
        }
    }

    /** Hands the group to the operating system. */
    public void write() throws IOException {
        if (buffer.position() == 0) {
            return;
        }
        while (buffer.position() % JournalScan.GROUP_ALIGNMENT != 0) {
            buffer.putLong(0);
        }
        buffer.flip();
        int bytes = buffer.limit();
        file.write(writtenOffset, buffer);
        writtenOffset += bytes;
        buffer.clear();
    }

    /**
     * Makes everything written durable, and goes on to a new file when this one is full.
     *
     * @return the end of what is durable; it is also what {@link #syncedEnd} says from {@link #publishSynced} on
     */
    public JournalPosition sync() throws IOException {
        if (syncedOffset < writtenOffset) {
            file.sync();
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
        if (sealedOffset == syncedOffset || syncedOffset != writtenOffset || buffer.position() != 0) {
            return;
        }
        ByteBuffer note = ByteBuffer.allocate(JournalScan.GROUP_ALIGNMENT);
        codec.encodeSeal(generation, writtenOffset, nextSequence, syncedOffset, note);
        file.write(writtenOffset, note.clear());
        sealedOffset = syncedOffset;
    }

    /** Goes on to a new file when this one is full. Everything must be synced. */
    public void rollIfFull() throws IOException {
        if (writtenOffset < config.fileBytesMax()) {
            return;
        }
        if (syncedOffset != writtenOffset || buffer.position() != 0) {
            throw new IllegalStateException("journal file " + generation + " is not synced, so it cannot be finished");
        }
        DiskFile next = createFile(generation + 1, generation, syncedOffset);
        file.close();
        file = next;
        generation++;
        writtenOffset = JournalHeader.BYTES;
        syncedOffset = JournalHeader.BYTES;
        sealedOffset = JournalHeader.BYTES;
    }

    /** Drops files before the mark, which must be durable. Some are kept for reuse. */
    public void trim(JournalPosition mark) throws IOException {
        int spares = JournalNames.spares(disk).size();
        for (long old : JournalNames.generations(disk)) {
            if (old >= mark.generation()) {
                break;
            }
            String name = JournalNames.of(old);
            if (spares < config.spareFilesMax() && disk.size(name) >= config.fileBytesMax()) {
                disk.rename(name, JournalNames.spareOf(old));
                spares++;
            } else {
                disk.delete(name);
            }
        }
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
        file.close();
    }
}
