package dev.daybook.storage.readahead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.storage.entrylog.EntryLocation;
import dev.daybook.storage.entrylog.EntryLogWriter;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.entrylog.EntryRun;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private static final int LEDGERS = 50;
    private static final int ENTRIES = 200;
    private static final int BODY_BYTES = 1000;

    private final SimDisk disk = new SimDisk("/log", SimDisk.Power.steady());
    private final List<List<IndexRow>> rows = new ArrayList<>();
    private final long validBytes;
    private final List<Runnable> tasks = new ArrayList<>();
    private int diskReads;
    private int lookups;
    private int entriesThatCount = Integer.MAX_VALUE;
    private boolean indexFails;

    ReadAheadTest() throws IOException {
        try (EntryLogWriter writer = EntryLogWriter.create(disk, 1, false, 1 << 16)) {
            for (long ledger = 0; ledger < LEDGERS; ledger++) {
                List<IndexRow> ofLedger = new ArrayList<>();
                for (long entry = 0; entry < ENTRIES; entry++) {
                    EntryLocation location = writer.append(ledger, entry, 3, body(ledger, entry));
                    ofLedger.add(new IndexRow(ledger, entry, 3, location));
                }
                rows.add(ofLedger);
            }
            writer.sync();
            validBytes = writer.bytes();
        }
    }

    private static ByteBuffer body(long ledger, long entry) {
        return ByteBuffer.allocate(BODY_BYTES).putLong(0, ledger * 1000 + entry);
    }

    private ReadAhead readAhead(long bytesMax) {
        return new ReadAhead(new EntryLogs(disk), bytesMax, TestIndex::new);
    }

    /** With entries in the log as the constructor has written them. */
    private final class TestIndex implements RunIndex {
        @Override
        public Optional<IndexRow> locate(long ledgerId, long entryId) throws IOException {
            lookups++;
            if (indexFails) {
                throw new IOException("a damaged block");
            }
            return entryId < ENTRIES ? Optional.of(rows.get((int) ledgerId).get((int) entryId)) : Optional.empty();
        }

        @Override
        public long logBytes(IndexRow row) {
            return validBytes;
        }

        @Override
        public long runBytes(IndexRow first, int bytesMax) {
            long end =
                    rows.get((int) first.ledgerId()).get(ENTRIES - 1).location().end();
            return Math.min(bytesMax, end - first.location().offset());
        }

        @Override
        public int countCurrent(EntryRun run, IndexRow first) {
            return Math.min(run.count(), entriesThatCount);
        }
    }

    /** What the executor does that reads ahead. */
    private void runTasks() {
        List<Runnable> due = List.copyOf(tasks);
        tasks.clear();
        due.forEach(Runnable::run);
    }

    /** As a store does it: first what was read ahead, then the disk. */
    private void read(ReadAhead ahead, int ledger, int entry) throws IOException {
        Optional<ByteBuffer> found = ahead.find(ledger, entry, 3);
        if (found.isEmpty()) {
            diskReads++;
            found = Optional.of(ahead.read(rows.get(ledger).get(entry), ahead.epoch(), new TestIndex()));
        }
        assertThat(found.get()).isEqualTo(body(ledger, entry));
    }

    @Test
    void aSequentialReaderRarelyWaitsForTheDisk() throws IOException {
        ReadAhead ahead = readAhead(1 << 20);
        for (int entry = 0; entry < ENTRIES; entry++) {
            read(ahead, 7, entry);
        }
        assertThat(diskReads).isLessThan(12);
        assertThat(ahead.ready(7, ENTRIES - 1, 3)).isPresent();
        assertThat(ahead.ready(7, ENTRIES - 1, 4)).as("of an earlier life").isEmpty();
    }

    @Test
    void severalReadersOfOneLedgerAndReorderedReadsAreSequentialToo() throws IOException {
        ReadAhead ahead = readAhead(1 << 20);
        for (int entry = 0; entry < 100; entry += 2) {
            read(ahead, 7, entry + 1);
            read(ahead, 7, entry);
            read(ahead, 7, entry + 101);
            read(ahead, 7, entry + 100);
        }
        assertThat(diskReads).isLessThan(30);
    }

    @Test
    void aRandomReaderReadsOnlyWhatItWants() throws IOException {
        ReadAhead ahead = readAhead(1 << 20);
        for (int i = 0; i < 1000; i++) {
            read(ahead, i * 7919 % LEDGERS, i * 104729 % ENTRIES);
        }
        assertThat(diskReads).isGreaterThan(900);
    }

    @Test
    void memoryStaysWithinItsBound() throws IOException {
        int bytesMax = 100_000;
        ReadAhead ahead = readAhead(bytesMax);
        for (int entry = 0; entry < ENTRIES; entry++) {
            for (int ledger = 0; ledger < LEDGERS; ledger++) {
                read(ahead, ledger, entry);
                assertThat(ahead.bytes()).isBetween(0L, bytesMax + 300_000L);
            }
        }
    }

    @Test
    void whatDoesNotCountIsNotServed() throws IOException {
        ReadAhead ahead = readAhead(1 << 20);
        long outdated = ahead.epoch();
        entriesThatCount = 2;
        for (int entry = 0; entry < 10; entry++) {
            ahead.read(rows.get(7).get(entry), ahead.epoch(), new TestIndex());
        }
        assertThat(ahead.find(7, 9, 3)).isPresent();
        assertThat(ahead.find(7, 10, 3)).isEmpty();
        ahead.clear();
        assertThat(ahead.find(7, 9, 3)).isEmpty();
        assertThat(ahead.bytes()).isZero();
        ahead.read(rows.get(7).get(11), outdated, new TestIndex());
        assertThat(ahead.find(7, 11, 3)).isEmpty();
    }

    @Test
    void damageIsLeftToThePlainReadToTell() throws IOException {
        ReadAhead ahead = readAhead(1 << 20);
        long offset = rows.get(7).get(20).location().offset();
        disk.flip(EntryLogs.nameOf(1), Math.toIntExact(offset + 100) * 8);
        for (int entry = 0; entry < 20; entry++) {
            read(ahead, 7, entry);
        }
        assertThat(ahead.ready(7, 19, 3)).isPresent();
        assertThat(ahead.find(7, 20, 3)).isEmpty();
        assertThat(ahead.find(7, 21, 3)).isPresent();
    }

    @Test
    void whatFollowsIsFetchedBeforeItIsAskedFor() throws IOException {
        ReadAhead ahead = readAhead(1 << 20);
        ahead.fetchOn(tasks::add);
        for (int entry = 0; entry < 4; entry++) {
            read(ahead, 7, entry);
        }
        for (int entry = 4; entry < ENTRIES; entry++) {
            runTasks();
            assertThat(ahead.ready(7, entry, 3)).as("entry %d", entry).contains(body(7, entry));
        }
        int lookupsThen = lookups;
        for (int entry = ENTRIES - 50; entry < ENTRIES; entry++) {
            assertThat(ahead.ready(7, entry, 3)).isPresent();
            runTasks();
        }
        assertThat(lookups).as("the end of the ledger is looked for once").isEqualTo(lookupsThen);
    }

    @Test
    void aRandomReaderHasNothingFetched() throws IOException {
        ReadAhead ahead = readAhead(1 << 20);
        ahead.fetchOn(tasks::add);
        for (int i = 0; i < 50; i++) {
            read(ahead, i % LEDGERS, i * 104729 % ENTRIES);
        }
        assertThat(tasks).isEmpty();
    }

    @Test
    void fetchingStaysWithinTheMemoryForAllReaders() throws IOException {
        int bytesMax = 1 << 20;
        ReadAhead ahead = readAhead(bytesMax);
        ahead.fetchOn(tasks::add);
        for (int entry = 0; entry < ENTRIES; entry++) {
            for (int ledger = 0; ledger < LEDGERS; ledger++) {
                read(ahead, ledger, entry);
                runTasks();
                assertThat(ahead.bytes()).isBetween(0L, bytesMax + 300_000L);
            }
        }
        ahead.clear();
        assertThat(ahead.bytes()).isZero();
    }

    @Test
    void whatIsFetchedWhileOtherEntriesBeginToCountIsNotServed() throws IOException {
        ReadAhead ahead = readAhead(1 << 20);
        ahead.fetchOn(tasks::add);
        for (int entry = 0; entry < 4; entry++) {
            read(ahead, 7, entry);
        }
        assertThat(tasks).hasSize(1);
        ahead.clear();
        runTasks();
        assertThat(ahead.bytes()).isZero();
        for (int entry = 4; entry < ENTRIES; entry++) {
            read(ahead, 7, entry);
            runTasks();
        }
        assertThat(ahead.ready(7, ENTRIES - 1, 3)).isPresent();
    }

    @Test
    void anIndexThatFailsAndAnExecutorThatRefusesLeaveTheReaderToItself() throws IOException {
        ReadAhead ahead = readAhead(1 << 20);
        ahead.fetchOn(task -> {
            throw new RejectedExecutionException("full");
        });
        for (int entry = 0; entry < 20; entry++) {
            read(ahead, 7, entry);
        }
        indexFails = true;
        ahead.fetchOn(tasks::add);
        for (int entry = 20; entry < ENTRIES; entry++) {
            read(ahead, 7, entry);
            runTasks();
        }
        assertThat(lookups).as("not over and over").isLessThan(ENTRIES / 4);
    }
}
