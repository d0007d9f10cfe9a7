package dev.daybook.storage.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.engine.compaction.LogLoad;
import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.compaction.CompactedLog.End;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.memtable.WriteCache;
import dev.daybook.storage.sim.SimDisk;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.StoreConfig;
import dev.daybook.storage.store.StoreFlush;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogCompactionTest {
    private static final int LOG_BYTES = 20_000;
    private static final CompactionLimits LIMITS = new CompactionLimits(7, 4000, LOG_BYTES);

    private final SimDisk disk = new SimDisk("/ledgers", SimDisk.Power.steady());
    private final Map<List<Long>, String> expected =
            new TreeMap<>((left, right) -> left.toString().compareTo(right.toString()));
    private LedgerStore store;
    private long flush;

    LogCompactionTest() throws IOException {
        LedgerStore.create(disk, 0, 1, List.of());
        store = open();
    }

    private LedgerStore open() throws IOException {
        LedgerStore opened = LedgerStore.open(disk, 0, 1, new StoreConfig(LOG_BYTES, 4));
        opened.readRows();
        return opened;
    }

    /** Entries 0 to 49 of each ledger, with a text of their own. */
    private void flush(String salt, long... ledgers) throws IOException {
        flush++;
        WriteCache cache = new WriteCache(flush);
        for (long ledger : ledgers) {
            for (long entry = 0; entry < 50; entry++) {
                String body = salt + " " + ledger + "/" + entry + "-".repeat(60);
                cache.put(ledger, entry, EntryBytes.ofHeap(body.getBytes(StandardCharsets.UTF_8)));
                expected.put(List.of(ledger, entry), body);
            }
        }
        List<LedgerRow> rows =
                LongStream.of(ledgers).mapToObj(ledger -> row(ledger, 1, false)).toList();
        store.flush(new StoreFlush(flush, List.of(cache.freeze()), rows, List.of()));
    }

    private static LedgerRow row(long ledger, long visibleFromFlush, boolean deleted) {
        return new LedgerRow(
                ledger, new byte[0], false, false, 0, 0, Optional.empty(), visibleFromFlush, false, deleted, 0, false);
    }

    private void delete(long ledger) throws IOException {
        flush++;
        store.flush(new StoreFlush(flush, List.of(), List.of(row(ledger, flush, true)), List.of()));
        expected.keySet().removeIf(key -> key.get(0) == ledger);
    }

    /** Starts again, so that everything flushed so far lies in finished logs. */
    private List<LogLoad> sealed() throws IOException {
        store.close();
        store = open();
        return SealedLogs.of(store);
    }

    private CompactedLog compact(LogLoad log) throws IOException {
        return compact(log, CompactionPace.UNLIMITED);
    }

    private CompactedLog compact(LogLoad log, CompactionPace pace) throws IOException {
        try (LogCompaction compaction = new LogCompaction(store, LIMITS, pace)) {
            return compaction.compact(log.logId(), log.bytes());
        }
    }

    private void check() throws IOException {
        for (Map.Entry<List<Long>, String> entry : expected.entrySet()) {
            Optional<ByteBuffer> found =
                    store.find(entry.getKey().get(0), entry.getKey().get(1), 1);
            assertThat(found.map(body -> StandardCharsets.UTF_8.decode(body).toString()))
                    .as("%s", entry.getKey())
                    .contains(entry.getValue());
        }
    }

    private int logOf(long ledger, long entry) throws IOException {
        return store.currentRow(ledger, entry).orElseThrow().location().logId();
    }

    private boolean exists(LogLoad log) {
        return disk.list().contains(EntryLogs.nameOf(log.logId()));
    }

    private void flipBodyOf(long ledger, long entry) throws IOException {
        IndexRow row = store.currentRow(ledger, entry).orElseThrow();
        long lastByte = row.location().offset() + 60 + row.location().bodyBytes() / 2;
        disk.flip(EntryLogs.nameOf(row.location().logId()), Math.toIntExact(lastByte * 8));
    }

    @Test
    void movesWhatLivesAndGivesTheLogBack() throws IOException {
        flush("a", 1, 2);
        delete(2);
        LogLoad log = sealed().get(0);
        assertThat(log.liveShare()).isBetween(0.3, 0.7);
        CompactedLog result = compact(log);
        assertThat(result.end()).isEqualTo(End.DROPPED);
        assertThat(result.entries()).isEqualTo(50);
        assertThat(result.freedBytes()).isEqualTo(log.bytes());
        assertThat(exists(log)).isFalse();
        assertThat(logOf(1, 0)).isGreaterThan(log.logId());
        check();
        sealed();
        check();
        assertThat(store.currentRow(2, 0)).isEmpty();
    }

    @Test
    void aDeadLogNeedsNoCopies() throws IOException {
        flush("a", 1);
        flush("b", 1);
        LogLoad log = sealed().get(0);
        delete(1);
        assertThat(compact(log)).isEqualTo(new CompactedLog(End.DROPPED, 0, 0, log.bytes(), 0));
    }

    @Test
    void aDamagedEntryKeepsItsLogUntilItHasBeenRestored() throws IOException {
        flush("a", 1, 2);
        LogLoad log = sealed().get(0);
        flipBodyOf(1, 20);
        expected.remove(List.of(1L, 20L));
        CompactedLog result = compact(log);
        assertThat(result.end()).isEqualTo(End.DAMAGED);
        assertThat(result.damaged()).isEqualTo(1);
        assertThat(result.entries()).isEqualTo(99);
        assertThat(exists(log)).isTrue();
        check();
        assertThatThrownBy(() -> store.find(1, 20, 1)).isInstanceOf(IOException.class);
        sealed();
        assertThatThrownBy(() -> store.find(1, 20, 1)).isInstanceOf(IOException.class);

        flush("restored", 1);
        assertThat(compact(log).end()).isEqualTo(End.DROPPED);
        check();
    }

    @Test
    void whatNobodyWantsMayBeDamaged() throws IOException {
        flush("a", 1, 2);
        LogLoad log = sealed().get(0);
        flipBodyOf(2, 20);
        delete(2);
        assertThat(compact(log).end()).isEqualTo(End.DROPPED);
        check();
    }

    @Test
    void bytesThatCannotBeUnderstoodKeepTheLog() throws IOException {
        flush("a", 1);
        LogLoad log = sealed().get(0);
        IndexRow row = store.currentRow(1, 20).orElseThrow();
        disk.flip(EntryLogs.nameOf(log.logId()), Math.toIntExact(row.location().offset() * 8 + 3));
        expected.remove(List.of(1L, 20L));
        assertThat(compact(log).end()).isEqualTo(End.DAMAGED);
        assertThat(exists(log)).isTrue();
        check();
        assertThatThrownBy(() -> store.find(1, 20, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void mayBeStoppedAnywhereAndGoesOnLater() throws IOException {
        flush("a", 1);
        LogLoad log = sealed().get(0);
        int[] left = {23};
        CompactedLog result = compact(log, bytes -> left[0]-- > 0);
        assertThat(result.end()).isEqualTo(End.STOPPED);
        assertThat(result.entries()).isEqualTo(21);
        assertThat(exists(log)).isTrue();
        check();
        sealed();
        check();
        assertThat(compact(log).entries()).isEqualTo(29);
        check();
    }

    @Test
    void aFullDiskChangesNothing() throws IOException {
        flush("a", 1);
        LogLoad log = sealed().get(0);
        List<String> before = disk.list();
        for (long free = 0; free < 14_000; free += 500) {
            disk.setFreeBytes(free);
            try {
                compact(log);
                break;
            } catch (DiskFullException e) {
                assertThat(exists(log)).isTrue();
                check();
            }
        }
        disk.setFreeBytes(Long.MAX_VALUE);
        if (exists(log)) {
            assertThat(compact(log).end()).isEqualTo(End.DROPPED);
        }
        check();
        assertThat(disk.list()).doesNotContain(EntryLogs.nameOf(log.logId()));
        assertThat(before).contains(EntryLogs.nameOf(log.logId()));
        sealed();
        check();
    }

    @Test
    void whatIsStoredDuringTheCopyCountsRatherThanTheCopy() throws IOException {
        flush("old", 1, 2);
        LogLoad log = sealed().get(0);
        int[] copies = {0};
        compact(log, bytes -> {
            if (++copies[0] == 30) {
                try {
                    flush("new", 1);
                    delete(2);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            return true;
        });
        check();
        assertThat(store.currentRow(2, 0)).isEmpty();
        assertThat(exists(log)).isFalse();
        sealed();
        check();
        assertThat(store.currentRow(2, 40)).isEmpty();
    }

    /** Of two rows with the same flush the newer log's counts; copies in an older one would not be found. */
    @Test
    void copiesNeverGoToALogOlderThanTheirSource() throws IOException {
        flush("a", 1);
        LogLoad first = sealed().get(0);
        try (LogCompaction compaction = new LogCompaction(store, LIMITS, CompactionPace.UNLIMITED)) {
            compaction.compact(first.logId(), first.bytes());
            flush("b", 2, 3, 4, 5);
            flush("c", 6);
            int second = logOf(2, 0);
            assertThat(second).isGreaterThan(logOf(1, 0)).isLessThan(logOf(6, 0));
            LogLoad source = SealedLogs.of(store).stream()
                    .filter(log -> log.logId() == second)
                    .findFirst()
                    .orElseThrow();
            assertThat(compaction.compact(second, source.bytes()).end()).isEqualTo(End.DROPPED);
            assertThat(logOf(2, 0)).isGreaterThan(second);
        }
        check();
        sealed();
        check();
    }
}
