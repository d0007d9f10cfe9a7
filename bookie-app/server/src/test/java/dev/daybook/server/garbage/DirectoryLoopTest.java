package dev.daybook.server.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.admin.BookieUsage.Hold;
import dev.daybook.engine.compaction.CompactionKind;
import dev.daybook.engine.compaction.LogLoad;
import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.storage.compaction.SealedLogs;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.memtable.WriteCache;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.StoreConfig;
import dev.daybook.storage.store.StoreFlush;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectoryLoopTest {
    private static final int LOG_BYTES = 200_000;
    private static final int ENTRIES = 800;
    private static final Set<CompactionKind> NOBODY_ASKS = Set.of();

    private final SmallDisk disk = new SmallDisk(Long.MAX_VALUE);
    private final LedgerStore store;
    private long unflushedBytes;
    private long flush;

    DirectoryLoopTest() throws IOException {
        LedgerStore.create(disk, 0, 1, List.of());
        store = LedgerStore.open(disk, 0, 1, new StoreConfig(LOG_BYTES, 4));
        store.readRows();
        // Entry logs of which one half belongs to a ledger that is deleted afterwards.
        for (int from = 0; from < ENTRIES; from += 20) {
            flush(from);
        }
        flush++;
        store.flush(new StoreFlush(flush, List.of(), List.of(row(2, flush, true)), List.of()));
        store.reclaim();
    }

    private void flush(int from) throws IOException {
        flush++;
        WriteCache cache = new WriteCache(flush);
        for (int entry = from; entry < from + 20; entry++) {
            cache.put(1, entry, EntryBytes.ofHeap(body(1, entry)));
            cache.put(2, entry, EntryBytes.ofHeap(body(2, entry)));
        }
        List<LedgerRow> rows = List.of(row(1, 1, false), row(2, 1, false));
        store.flush(new StoreFlush(flush, List.of(cache.freeze()), rows, List.of()));
    }

    private static byte[] body(long ledgerId, long entryId) {
        return ByteBuffer.allocate(2000).putLong(ledgerId).putLong(entryId).array();
    }

    private static LedgerRow row(long ledger, long visibleFromFlush, boolean deleted) {
        return new LedgerRow(
                ledger, new byte[0], false, false, 0, 0, Optional.empty(), visibleFromFlush, false, deleted, 0, false);
    }

    private DirectoryLoop loop(long flushBytes) {
        GarbageConfig.Compaction usual = GarbageConfig.Compaction.DEFAULT;
        GarbageConfig config = new GarbageConfig(
                GarbageConfig.DEFAULT.interval(),
                GarbageConfig.DEFAULT.limit(),
                GarbageConfig.DEFAULT.tombstones(),
                GarbageConfig.DEFAULT.overReplicatedInterval(),
                1000,
                new GarbageConfig.Compaction(usual.rules(), 0, 0, 4096, usual.disk()));
        return new DirectoryLoop(
                new LedgerDirectory(store, disk),
                config,
                new SpaceNeeds(LOG_BYTES, flushBytes),
                () -> unflushedBytes,
                new StopSwitch(),
                BookieMetrics.NONE);
    }

    private void check() throws IOException {
        for (int entry = 0; entry < ENTRIES; entry++) {
            assertThat(store.find(1, entry, 1)).contains(ByteBuffer.wrap(body(1, entry)));
        }
    }

    private double lowestLiveShare() throws IOException {
        return SealedLogs.of(store).stream()
                .mapToDouble(LogLoad::liveShare)
                .min()
                .orElse(1);
    }

    @Test
    void nothingIsRewrittenBeforeItIsTime() throws IOException {
        long before = disk.usedBytes();
        DirectoryLoop loop = loop(0);
        loop.pass(NOBODY_ASKS);
        assertThat(disk.usedBytes()).isEqualTo(before);
        assertThat(loop.logsByLiveShare()).hasSize(10);
        assertThat(loop.sealedLogs())
                .extracting(log -> new LogLoad(log.logId(), log.bytes(), log.liveBytes()))
                .isNotEmpty()
                .containsExactlyElementsOf(SealedLogs.of(store));
        assertThat(loop.status().bytesCopied()).isZero();
    }

    @Test
    void anOperatorGetsItAtOnceUnlessItIsSuspended() throws IOException {
        long before = disk.usedBytes();
        DirectoryLoop loop = loop(0);
        loop.suspend(CompactionKind.MAJOR, true);
        assertThat(loop.refusalOf(CompactionKind.MAJOR)).isPresent();
        assertThat(loop.status().major()).isEqualTo(Hold.OPERATOR);
        loop.pass(Set.of(CompactionKind.MAJOR));
        assertThat(disk.usedBytes()).isEqualTo(before);
        loop.suspend(CompactionKind.MAJOR, false);
        loop.pass(Set.of(CompactionKind.MAJOR));
        assertThat(disk.usedBytes()).isLessThan(before * 2 / 3);
        assertThat(loop.status().bytesReclaimed()).isPositive();
        check();
    }

    /** Every log is half dead, no compaction is due, and less is free than a flush needs. */
    @Test
    void aFullDiskIsRelievedLogByLog() throws IOException {
        long before = disk.usedBytes();
        disk.capacityBytes = before + LOG_BYTES;
        DirectoryLoop loop = loop(2L * LOG_BYTES);
        loop.pass(NOBODY_ASKS);
        assertThat(loop.status().problem()).isEmpty();
        assertThat(disk.usedBytes()).isLessThan(before * 2 / 3);
        assertThat(lowestLiveShare()).isGreaterThan(0.8);
        check();
        loop.pass(NOBODY_ASKS);
        assertThat(loop.status().minor()).isEqualTo(Hold.NOBODY);
    }

    @Test
    void copiesLeaveTheSpaceThatMemoryNeeds() throws IOException {
        long before = disk.usedBytes();
        disk.capacityBytes = before + LOG_BYTES;
        DirectoryLoop loop = loop(2L * LOG_BYTES);
        unflushedBytes = LOG_BYTES;
        loop.pass(NOBODY_ASKS);
        assertThat(disk.usedBytes()).isEqualTo(before);
        assertThat(loop.status().minor()).isEqualTo(Hold.DISK);
        unflushedBytes = 0;
        loop.pass(NOBODY_ASKS);
        assertThat(disk.usedBytes()).isLessThan(before);
        check();
    }
}
