package dev.daybook.micro;

import java.nio.file.Path;
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
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB as an index of the same two million entries, used as the reference uses it: keys of 16 bytes, values of 8,
 * batches without a log of its own, 64 MiB of memory before a flush, bloom filters, no compression.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class RocksIndexBenchmark {
    private static final int BATCH = 10_000;
    private static final long MEMORY_BYTES = 64L << 20;

    @Param({"8", "256"})
    long cacheMegabytes;

    private final SplittableRandom dice = new SplittableRandom(42);
    private Optional<Path> folder = Optional.empty();
    private Optional<RocksDB> full = Optional.empty();
    private int inserted;

    @Setup(Level.Trial)
    public void build() throws RocksDBException {
        RocksDB.loadLibrary();
        folder = Optional.of(Scratch.create());
        full = Optional.of(open("full"));
        insert(full.get());
        full.get().compactRange();
    }

    private RocksDB open(String name) throws RocksDBException {
        Options options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(MEMORY_BYTES)
                .setLevelCompactionDynamicLevelBytes(true)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockSize(64 << 10)
                        .setBlockCache(new LRUCache(cacheMegabytes << 20))
                        .setFilterPolicy(new BloomFilter(10, false))
                        .setCacheIndexAndFilterBlocks(true));
        return RocksDB.open(options, folder.orElseThrow().resolve(name).toString());
    }

    private static void insert(RocksDB database) throws RocksDBException {
        int row = 0;
        try (WriteOptions noLog = new WriteOptions().setDisableWAL(true)) {
            WriteBatch batch = new WriteBatch();
            for (int ledger = 0; ledger < IndexKeys.LEDGERS; ledger++) {
                for (int entry = 0; entry < IndexKeys.ENTRIES; entry++) {
                    batch.put(IndexKeys.rocksKey(ledger, entry), IndexKeys.rocksValue(row++));
                    if (batch.count() == BATCH) {
                        database.write(noLog, batch);
                        batch.clear();
                    }
                }
            }
            database.write(noLog, batch);
            batch.close();
        }
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            database.flush(wait);
        }
    }

    @Benchmark
    public Object find() throws RocksDBException {
        return full.orElseThrow()
                .get(IndexKeys.rocksKey(dice.nextInt(IndexKeys.LEDGERS), dice.nextInt(IndexKeys.ENTRIES)));
    }

    @Benchmark
    @OperationsPerInvocation(IndexKeys.ROWS)
    public Object insert() throws RocksDBException {
        try (RocksDB fresh = open("fresh" + inserted++)) {
            insert(fresh);
            return fresh.getLatestSequenceNumber();
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        full.orElseThrow().close();
        folder.ifPresent(Scratch::delete);
    }
}
