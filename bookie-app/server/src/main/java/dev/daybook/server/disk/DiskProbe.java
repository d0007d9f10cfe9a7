package dev.daybook.server.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds out whether a disk still takes what it is given, also while the bookie has nothing to write. */
final class DiskProbe {
    /** Beside {@code current}, not in it, as the lock. */
    static final String FILE_NAME = "daybook.probe";

    private DiskProbe() {}

    /**
     * Writes a few bytes over old ones and syncs them.
     *
     * @throws IOException if the disk failed or turned read-only; a full disk is none of that
     */
    static void write(Path folder) throws IOException {
        try (FileChannel channel =
                FileChannel.open(folder.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(Long.BYTES), 0);
            channel.force(false);
        } catch (IOException e) {
            String text = String.valueOf(e.getMessage());
            if (!text.contains("No space left") && !text.contains("quota exceeded")) {
                throw e;
            }
        }
    }
}
