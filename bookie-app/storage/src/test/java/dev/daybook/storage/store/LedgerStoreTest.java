package dev.daybook.storage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.entrylog.EntryLocation;
import dev.daybook.storage.entrylog.EntryLogWriter;
import dev.daybook.storage.entrylog.LogVisitor;
import dev.daybook.storage.entrylog.RecordHead;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.memtable.WriteCache;
import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerStoreTest {
    private static final StoreConfig CONFIG = new StoreConfig(30_000, 4);

    private final SimDisk disk = new SimDisk("/ledgers", SimDisk.Power.steady());
    private final long seed = Long.getLong("daybook.store.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Map<List<Long>, byte[]> expected = new HashMap<>();
    private LedgerStore store;
    private long flush;

    LedgerStoreTest() throws IOException {
        LedgerStore.create(disk, 0, 1, List.of());
        store = open(disk);
    }

    private static LedgerStore open(SimDisk opened) throws IOException {
        LedgerStore store = LedgerStore.open(opened, 0, 1, CONFIG);
        store.readRows();
        return store;
    }

    private void flush(int entries) throws IOException {
        flush++;
        WriteCache cache = new WriteCache(flush);
        Map<Long, LedgerRow> rows = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            long ledger = random.nextInt(5);
            long entry = random.nextInt(500);
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            cache.put(ledger, entry, EntryBytes.ofHeap(body));
            expected.put(List.of(ledger, entry), body);
            rows.put(ledger, row(ledger, 1, false));
        }
        store.flush(new StoreFlush(flush, List.of(cache.freeze()), List.copyOf(rows.values()), List.of()));
    }

    @Test
    void aLargeFlushPausesBetweenItsPieces() throws IOException {
        WriteCache cache = new WriteCache(1);
        for (long entry = 0; entry < 1000; entry++) {
            cache.put(entry % 3, entry, EntryBytes.ofHeap(new byte[1024]));
        }
        int[] pauses = {0};
        store.flush(new StoreFlush(1, List.of(cache.freeze()), List.of(), List.of()), () -> pauses[0]++);
        assertThat(pauses[0]).isBetween(3, 4);
    }

    @Test
    void largeTablesOfLedgersAreReadAsTheyWereWritten() throws IOException {
        List<LedgerRow> rows = new ArrayList<>();
        for (long ledger = 0; ledger < 5000; ledger++) {
            Optional<byte[]> lac = ledger % 3 == 0 ? Optional.of(new byte[random.nextInt(200)]) : Optional.empty();
            byte[] key = new byte[ledger == 77 ? 100_000 : 20];
            rows.add(new LedgerRow(ledger, key, true, false, ledger, 0, lac, 1, false, false, 0, false));
        }
        store.flush(new StoreFlush(1, List.of(), rows, List.of()));
        store.close();
        LedgerStore reopened = LedgerStore.open(disk, 0, 1, CONFIG);
        assertThat(reopened.readRows())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(rows);
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

    private void check(LedgerStore checked) throws IOException {
        for (long ledger = 0; ledger < 5; ledger++) {
            for (long entry = 0; entry < 500; entry++) {
                byte[] body = expected.get(List.of(ledger, entry));
                boolean isDead = checked.currentRow(ledger, entry).isEmpty();
                Optional<ByteBuffer> found = isDead ? Optional.empty() : checked.find(ledger, entry, 1);
                assertThat(found)
                        .as("seed %s, entry %s of ledger %s", seed, entry, ledger)
                        .isEqualTo(Optional.ofNullable(body).map(ByteBuffer::wrap));
            }
        }
    }

    private String segmentFile() {
        return disk.list().stream()
                .filter(name -> name.endsWith(".index"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRebuiltIndexIsTheSame() throws IOException {
        for (int i = 0; i < 12; i++) {
            flush(300);
            store.mergeSegments(rows -> {});
        }
        check(store);
        delete(2);
        Rebuilt rebuilt = store.rebuildIndex(rows -> {});
        assertThat(rebuilt.entries()).isEqualTo(expected.size());
        assertThat(rebuilt.damagedBytes()).isZero();
        check(store);
        check(open(disk));
        assertThat(disk.list().stream().filter(name -> name.endsWith(".index"))).hasSize(1);
    }

    @Test
    void aMissingSegmentIsUnknownUntilTheRebuildWhileFlushesGoOn() throws IOException {
        flush(300);
        flush(300);
        store.close();
        disk.delete(segmentFile());
        store = open(disk);
        assertThat(store.isRebuildNeeded()).isTrue();
        assertThatThrownBy(() -> store.find(1, 1000, 1)).isInstanceOf(StorageDamage.class);
        assertThatThrownBy(() -> store.forEachEntry(1, 1, entryId -> {})).isInstanceOf(StorageDamage.class);
        assertThatThrownBy(() -> store.currentRow(1, 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.reclaim()).isInstanceOf(IOException.class);
        flush(300);
        LedgerStore reopened = open(disk);
        assertThat(reopened.isRebuildNeeded()).as("after a flush and a restart").isTrue();
        store.rebuildIndex(rows -> {});
        assertThat(store.isRebuildNeeded()).isFalse();
        check(store);
        check(open(disk));
    }

    @Test
    void aBlockFoundDamagedCallsForARebuild() throws IOException {
        flush(300);
        disk.flip(segmentFile(), 8 * 100);
        store = open(disk);
        assertThat(store.isRebuildNeeded()).isFalse();
        assertThatThrownBy(() -> check(store)).isInstanceOf(StorageDamage.class);
        assertThat(store.isRebuildNeeded()).isTrue();
        assertThat(store.mergeSegments(rows -> {})).isFalse();
        store.rebuildIndex(rows -> {});
        check(store);
    }

    @Test
    void aLogDamagedDuringTheRebuildLeavesDoubtButNoFalseDenial() throws IOException {
        flush(300);
        flush(300);
        RecordHead lost = heads(store).get(40);
        disk.flip(
                disk.list().stream()
                        .filter(name -> name.endsWith(".entries"))
                        .findFirst()
                        .orElseThrow(),
                8 * Math.toIntExact(lost.location().offset()) + 3);
        store = open(disk);
        Rebuilt rebuilt = store.rebuildIndex(rows -> {});
        assertThat(rebuilt.damagedBytes()).isPositive();
        assertThat(store.doubtedLedgers()).contains(lost.ledgerId());
        LedgerStore reopened = open(disk);
        assertThatThrownBy(() -> reopened.find(lost.ledgerId(), 5000, 1)).isInstanceOf(StorageDamage.class);
        assertThat(reopened.find(lost.ledgerId(), 5000, 3)).as("a later life").isEmpty();
        reopened.trust(Set.of(lost.ledgerId()));
        assertThat(open(disk).find(lost.ledgerId(), 5000, 1)).isEmpty();
    }

    @Test
    void doubtIsDurable() throws IOException {
        flush(10);
        store.doubt(Set.of(3L));
        flush(10);
        assertThat(open(disk).doubtedLedgers()).containsExactly(3L);
    }

    private static List<RecordHead> heads(LedgerStore scanned) throws IOException {
        List<RecordHead> heads = new ArrayList<>();
        for (StoreUsage.Log log : scanned.usage().logs()) {
            scanned.scan(log.logId(), new Collecting(heads));
        }
        return heads;
    }

    private record Collecting(List<RecordHead> heads) implements LogVisitor {
        @Override
        public void entry(RecordHead head, ByteBuffer body) {
            heads.add(head);
        }

        @Override
        public void damagedEntry(RecordHead head) {
            throw new AssertionError("damaged: " + head);
        }

        @Override
        public void damagedRange(long fromOffset, long toOffset) {
            throw new AssertionError("damaged from " + fromOffset + " to " + toOffset);
        }
    }

    @Test
    void whatWasRelocatedIsFoundWhenItsFirstPlaceIsGone() throws IOException {
        for (int i = 0; i < 6; i++) {
            flush(300);
        }
        Set<Integer> sources = Set.copyOf(store.usage().logs().stream()
                .filter(log -> !log.open())
                .map(StoreUsage.Log::logId)
                .toList());
        EntryLogWriter copy = store.newLogWriter();
        List<Relocation> moved = new ArrayList<>();
        for (RecordHead head : heads(store)) {
            Optional<IndexRow> row = store.currentRow(head.ledgerId(), head.entryId());
            if (sources.contains(head.location().logId())
                    && row.isPresent()
                    && row.get().location().equals(head.location())) {
                ByteBuffer body = store.find(head.ledgerId(), head.entryId(), 1).orElseThrow();
                EntryLocation to = copy.append(head.ledgerId(), head.entryId(), head.flush(), body);
                moved.add(new Relocation(head.ledgerId(), head.entryId(), head.flush(), head.location(), to));
            }
        }
        flush(300); // Stored meanwhile, so newer than the copies.
        long still = store.relocate(copy, moved);
        assertThat(still).isPositive().isLessThan(moved.size());
        store.finishLog(copy);
        store.dropLogs(sources);
        check(store);
        while (store.mergeSegments(rows -> {})) {
            check(store);
        }
        check(open(disk));
        store.rebuildIndex(rows -> {});
        check(store);
    }

    @Test
    void aLogToWhichNothingWasRelocatedGoes() throws IOException {
        EntryLogWriter copy = store.newLogWriter();
        assertThatThrownBy(() -> store.dropLogs(Set.of(copy.logId()))).isInstanceOf(IllegalStateException.class);
        store.finishLog(copy);
        assertThat(disk.list()).noneMatch(name -> name.endsWith(".entries"));
    }

    @Test
    void anInterruptedMergeChangesNothing() throws IOException {
        for (int i = 0; i < 4; i++) {
            flush(100);
        }
        List<String> before = disk.list();
        assertThatThrownBy(() -> store.mergeSegments(rows -> {
                    throw new IllegalArgumentException("enough");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(disk.list()).containsExactlyElementsOf(before);
        assertThat(store.mergeSegments(rows -> {})).isTrue();
        check(store);
    }
}
