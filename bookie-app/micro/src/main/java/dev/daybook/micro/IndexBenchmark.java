package dev.daybook.micro;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.FileDisk;
import dev.daybook.storage.index.BlockCache;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentMerge;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.index.SegmentWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Our index of two million entries on a real disk; figures are per row. {@link RocksIndexBenchmark} does the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class IndexBenchmark {
    private static final int MERGED = 4;

    /** Memory for blocks; the smaller one holds a tenth of the index. */
    @Param({"8", "256"})
    long cacheMegabytes;

    private final SplittableRandom dice = new SplittableRandom(42);
    private final List<Segment> parts = new ArrayList<>();
    private Optional<Path> folder = Optional.empty();
    private Optional<Disk> disk = Optional.empty();
    private Optional<Segment> whole = Optional.empty();
    private long nextSegment = 1;

    @Setup(Level.Trial)
    public void build() throws IOException {
        folder = Optional.of(Scratch.create());
        disk = Optional.of(FileDisk.open(folder.get()));
        BlockCache cache = new BlockCache(cacheMegabytes << 20);
        whole = Optional.of(Segment.open(disk.get(), write(0, 1), cache));
        for (int part = 0; part < MERGED; part++) {
            parts.add(Segment.open(disk.get(), write(part, MERGED), cache));
        }
    }

    /** Every {@code of}-th entry of each ledger. */
    private SegmentRef write(int part, int of) throws IOException {
        try (SegmentWriter writer = SegmentWriter.create(disk.orElseThrow(), nextSegment++)) {
            int row = 0;
            for (int ledger = 0; ledger < IndexKeys.LEDGERS; ledger++) {
                for (int entry = part; entry < IndexKeys.ENTRIES; entry += of) {
                    writer.add(ledger, entry, 1, IndexKeys.location(row++));
                }
            }
            return writer.finish();
        }
    }

    @Benchmark
    public Object find() throws IOException {
        return whole.orElseThrow().find(dice.nextInt(IndexKeys.LEDGERS), dice.nextInt(IndexKeys.ENTRIES));
    }

    @Benchmark
    @OperationsPerInvocation(IndexKeys.ROWS)
    public Object insert() throws IOException {
        SegmentRef written = write(0, 1);
        disk.orElseThrow().delete(Segment.nameOf(written.segmentId()));
        return written;
    }

    @Benchmark
    @OperationsPerInvocation(IndexKeys.ROWS)
    public Object merge() throws IOException {
        try (SegmentWriter writer = SegmentWriter.create(disk.orElseThrow(), nextSegment++)) {
            SegmentMerge.merge(parts, (ledgerId, flush) -> true, rows -> {}, writer);
            SegmentRef merged = writer.finish();
            disk.orElseThrow().delete(Segment.nameOf(merged.segmentId()));
            return merged;
        }
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        for (Segment part : parts) {
            part.close();
        }
        whole.orElseThrow().close();
        disk.orElseThrow().close();
        folder.ifPresent(Scratch::delete);
    }
}
