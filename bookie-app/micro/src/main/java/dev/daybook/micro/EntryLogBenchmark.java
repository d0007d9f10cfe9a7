package dev.daybook.micro;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.entrylog.EntryLogWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Appending to an entry log without a disk: copy and checksum. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EntryLogBenchmark {
    private static final int ENTRIES = 1_000;
    private static final int BUFFER_BYTES = 1 << 20;

    @Param({"128", "1024", "16384"})
    int entryBytes;

    private final Disk disk = new NoDisk();
    private ByteBuffer body = ByteBuffer.allocate(0);

    @Setup
    public void fill() {
        byte[] random = new byte[entryBytes];
        new Random(entryBytes).nextBytes(random);
        body = ByteBuffer.allocateDirect(entryBytes).put(random).flip();
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long append() throws IOException {
        try (EntryLogWriter writer = EntryLogWriter.create(disk, 1, false, BUFFER_BYTES)) {
            for (int i = 0; i < ENTRIES; i++) {
                writer.append(7, i, 1, body.rewind());
            }
            return writer.bytes();
        }
    }
}
