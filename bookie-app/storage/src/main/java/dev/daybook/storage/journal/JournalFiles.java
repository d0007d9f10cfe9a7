package dev.daybook.storage.journal;

import dev.daybook.storage.disk.AlignedBuffers;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import dev.daybook.storage.disk.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a journal that hold no facts that anybody needs: those to come, and those to be written over. Calls may
 * take long and exclude each other; none of them waits for, or disturbs, the appends to the journal.
 */
public final class JournalFiles {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CHUNKS_PER_SYNC = 8;

    private final Disk disk;
    private final JournalConfig config;

    JournalFiles(Disk disk, JournalConfig config) {
        this.disk = disk;
        this.config = config;
    }

    /**
     * Makes the file of a generation: out of a spare one if there is any, which needs no space, otherwise by writing
     * zeros. A file that an earlier process made and did not use is found again.
     *
     * @param betweenChunks called after every piece written, so that a caller can bound the rate
     * @throws dev.daybook.storage.disk.DiskFullException if there is no space; nothing is left behind
     */
    public NextFile make(long generation, Runnable betweenChunks) throws IOException {
        return make(generation, config.fileBytes(), betweenChunks);
    }

    /** @param freshBytes size of the file if it has to be made anew */
    synchronized NextFile make(long generation, long freshBytes, Runnable betweenChunks) throws IOException {
        String name = JournalNames.of(generation);
        if (!disk.exists(name)) {
            List<Long> spares = JournalNames.spares(disk);
            if (spares.isEmpty()) {
                writeZeros(generation, freshBytes, betweenChunks);
                disk.rename(JournalNames.unfinishedOf(generation), name);
            } else {
                // Otherwise a power cut could keep this name and lose the one that made the file a spare: it would have
                // two names, be trimmed by the older one and handed out once more, while it is in use.
                disk.syncDirectory();
                disk.rename(JournalNames.spareOf(spares.get(0)), name);
            }
        }
        // Also for a file that was found: the process that made it may have ended before this.
        disk.syncDirectory();
        return new NextFile(generation, openForWriting(name), disk.size(name));
    }

    private DiskFile openForWriting(String name) throws IOException {
        return config.direct() ? disk.openDirect(name) : disk.open(name);
    }

    private void writeZeros(long generation, long bytes, Runnable betweenChunks) throws IOException {
        if (disk.usableBytes() < bytes) {
            // Looked at first, so that trying again and again does not take the last space from others.
            throw new DiskFullException(
                    "There is no space left in " + disk.path() + " for a journal file of " + bytes + " bytes.",
                    new IOException("usable: " + disk.usableBytes()));
        }
        String name = JournalNames.unfinishedOf(generation);
        try {
            deleteIfExists(name);
            disk.create(name).close();
            try (DiskFile file = openForWriting(name)) {
                ByteBuffer zeros = AlignedBuffers.allocate((int) Math.min(CHUNK_BYTES, bytes));
                int chunks = 0;
                for (long offset = 0; offset < bytes; offset += zeros.limit()) {
                    zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - offset));
                    file.write(offset, zeros);
                    chunks++;
                    if (chunks % CHUNKS_PER_SYNC == 0) {
                        file.sync();
                    }
                    betweenChunks.run();
                }
                file.sync();
            }
        } catch (IOException e) {
            deleteAfter(e, name);
            throw e;
        }
    }

    private void deleteAfter(IOException cause, String name) {
        try {
            deleteIfExists(name);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void deleteIfExists(String name) throws IOException {
        if (disk.exists(name)) {
            disk.delete(name);
        }
    }

    /** Drops files before the mark, which must be durable. Some are kept for reuse. */
    public synchronized void trim(JournalPosition mark) throws IOException {
        List<Long> spares = new ArrayList<>(JournalNames.spares(disk));
        for (long old : JournalNames.generations(disk)) {
            if (old >= mark.generation()) {
                break;
            }
            String name = JournalNames.of(old);
            if (spares.size() < config.spareFilesMax() && disk.size(name) == config.fileBytes()) {
                disk.rename(name, JournalNames.spareOf(old));
                spares.add(old);
            } else {
                disk.delete(name);
            }
        }
    }

    /** Whether {@link #make} would find a spare file or the space for one. */
    public synchronized boolean canMakeAnother() throws IOException {
        return !JournalNames.spares(disk).isEmpty() || disk.usableBytes() >= config.fileBytes();
    }

    /** Removes what an earlier process left that is of no use: files half made, spares of another size. */
    synchronized void tidy() throws IOException {
        for (long unfinished : JournalNames.unfinished(disk)) {
            disk.delete(JournalNames.unfinishedOf(unfinished));
        }
        int kept = 0;
        for (long spare : JournalNames.spares(disk)) {
            String name = JournalNames.spareOf(spare);
            if (kept < config.spareFilesMax() && disk.size(name) == config.fileBytes()) {
                kept++;
            } else {
                disk.delete(name);
            }
        }
    }
}
