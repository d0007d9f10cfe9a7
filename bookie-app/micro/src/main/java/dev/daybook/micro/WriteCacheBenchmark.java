package dev.daybook.micro;

import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.memtable.FrozenCache;
import dev.daybook.storage.memtable.WriteCache;
import java.io.IOException;
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
import org.openjdk.jmh.infra.Blackhole;

/** The write cache, filled with entries that come interleaved over many ledgers; figures are per entry. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WriteCacheBenchmark {
    private static final int ENTRIES = 100_000;

    @Param({"1", "1000", "100000"})
    int ledgers;

    private final EntryBytes body = EntryBytes.ofHeap(new byte[1024]);
    private final WriteCache filling = new WriteCache(1);
    private final WriteCache full = new WriteCache(1);
    private long next;

    @Setup
    public void fill() {
        put(full);
    }

    private void put(WriteCache cache) {
        for (int i = 0; i < ENTRIES; i++) {
            cache.put(i % ledgers, i / ledgers, body);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Object putAndFreezeAndVisit(Blackhole sink) throws IOException {
        put(filling);
        FrozenCache frozen = filling.freeze();
        for (int i = 0; i < frozen.ledgerCount(); i++) {
            frozen.forEachEntryAt(i, (entryId, bytes) -> sink.consume(bytes));
        }
        filling.release();
        return frozen;
    }

    @Benchmark
    public Object find() {
        next = (next + 7_919) % ENTRIES;
        return full.find(next % ledgers, next / ledgers, 0);
    }
}
