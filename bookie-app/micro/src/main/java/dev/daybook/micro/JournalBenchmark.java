package dev.daybook.micro;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.FileDisk;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalConfig;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
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

/** A group of 64 entries into the journal: encoding and checksums alone, and with a real disk and its sync. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JournalBenchmark {
    private static final int GROUP = 64;
    private static final JournalConfig CONFIG = new JournalConfig(64 << 20, 4, true);

    @Param({"128", "1024", "16384"})
    int entryBytes;

    /** Whether groups go to a real disk, below the working folder. */
    @Param({"none", "real"})
    String disk = "none";

    private Optional<Path> folder = Optional.empty();
    private Disk files = new NoDisk();
    private EntryBytes body = EntryBytes.ofHeap(new byte[0]);
    private long entryId;
    private Optional<Journal> journal = Optional.empty();

    @Setup(Level.Trial)
    public void open() throws IOException {
        if (disk.equals("real")) {
            folder = Optional.of(Scratch.create());
            files = FileDisk.open(folder.get());
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(entryBytes);
        byte[] random = new byte[entryBytes];
        new Random(entryBytes).nextBytes(random);
        body = EntryBytes.ofHeap(bytes.put(random).flip());
        journal = Optional.of(Journal.open(files, 0, 1, CONFIG, Optional.empty(), (position, fact) -> {}));
    }

    @Benchmark
    @OperationsPerInvocation(GROUP)
    public Object group() throws IOException {
        Journal open = journal.orElseThrow();
        for (int i = 0; i < GROUP; i++) {
            JournalRecord<EntryBytes> fact = new JournalRecord.Entry<>(7, entryId++, entryId, body);
            if (!open.hasRoomFor(fact)) {
                open.write();
                Object end = open.sync();
                open.publishSynced();
                roll(open);
                if (end == null) {
                    throw new IllegalStateException();
                }
            }
            open.append(fact);
        }
        open.write();
        Object end = open.sync();
        open.publishSynced();
        return end;
    }

    private static void roll(Journal open) throws IOException {
        open.files().trim(open.syncedEnd());
        open.roll(open.files().make(open.nextGeneration(), () -> {}));
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        journal.orElseThrow().close();
        files.close();
        folder.ifPresent(Scratch::delete);
    }
}
