package dev.daybook.bench.compare;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What the disk itself needs for the least that a durable add can cost: one 4 KiB block into written space, synced. */
final class DiskProbe {
    private static final int BLOCK_BYTES = 4096;
    private static final int FILE_BYTES = 16 << 20;
    private static final int FILL_BYTES = 1 << 20;

    private DiskProbe() {}

    /** @return median microseconds of a direct write and fdatasync */
    static double recycledSyncMicros(Path folder, int seconds) {
        Path file = folder.resolve("probe");
        try {
            Files.createDirectories(folder);
            try (FileChannel fill = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                for (int at = 0; at < FILE_BYTES; at += FILL_BYTES) {
                    fill.write(ByteBuffer.allocate(FILL_BYTES), at);
                }
                fill.force(true);
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)) {
                return median(channel, seconds);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double median(FileChannel channel, int seconds) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(2 * BLOCK_BYTES).alignedSlice(BLOCK_BYTES);
        block.limit(BLOCK_BYTES);
        long[] nanos = new long[1 << 20];
        int count = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long at = 0; System.nanoTime() - end < 0 && count < nanos.length; at += BLOCK_BYTES) {
            long begin = System.nanoTime();
            channel.write(block.duplicate(), at % FILE_BYTES);
            channel.force(false);
            nanos[count++] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos, 0, count);
        return nanos[count / 2] / 1e3;
    }
}
