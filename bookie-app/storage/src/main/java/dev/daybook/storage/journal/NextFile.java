package dev.daybook.storage.journal;

import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;

/**
 * A journal file that has its name and all its space, and no header yet: it counts as not existing until a journal goes
 * on in it. A handle that {@link JournalFiles} makes and {@link Journal#roll} takes.
 */
public final class NextFile implements AutoCloseable {
    private final long generation;
    private final DiskFile file;
    private final long bytes;

    NextFile(long generation, DiskFile file, long bytes) {
        this.generation = generation;
        this.file = file;
        this.bytes = bytes;
    }

    long generation() {
        return generation;
    }

    DiskFile file() {
        return file;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
