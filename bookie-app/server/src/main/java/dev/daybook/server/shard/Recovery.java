package dev.daybook.server.shard;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.journal.JournalConfig;
import dev.daybook.storage.memtable.EntryArena;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Fills the shards from disk. Runs before the loops do. */
final class Recovery implements StorageSet.Recovered {
    private final StorageSet storage;
    private final List<Shard> shards;
    private final EntryArena arena;
    private final long cacheBytesMax;

    /** @param cacheBytesMax at which the replay pauses for a flush */
    Recovery(StorageSet storage, List<Shard> shards, EntryArena arena, long cacheBytesMax) {
        this.storage = storage;
        this.shards = shards;
        this.arena = arena;
        this.cacheBytesMax = cacheBytesMax;
    }

    void run(List<Disk> journalDisks, JournalConfig config) throws IOException {
        run(journalDisks, config, Losses.NONE);
    }

    void run(List<Disk> journalDisks, JournalConfig config, Losses losses) throws IOException {
        storage.recover(journalDisks, config, losses, this);
    }

    @Override
    public void doubt(Doubt doubt) {
        shards.forEach(shard -> shard.core().setDoubt(doubt));
    }

    @Override
    public void ledger(LedgerRow row) {
        shardOf(row.ledgerId()).core().restore(row);
    }

    @Override
    public void fact(JournalRecord<EntryBytes> fact) throws IOException {
        JournalRecord<EntryBytes> moved = fact instanceof JournalRecord.Entry<EntryBytes> entry
                ? new JournalRecord.Entry<>(entry.ledgerId(), entry.entryId(), entry.lac(), moved(entry.payload()))
                : fact;
        shardOf(fact.ledgerId()).tell(core -> core.replay(moved));
        if (shards.stream().mapToLong(shard -> shard.cache().bytes()).sum() > cacheBytesMax) {
            flushWithoutMark();
        }
    }

    /** What is replayed may be much, and the heap is small. */
    private EntryBytes moved(EntryBytes body) throws IOException {
        EntryBytes moved = arena.tryTake(0, body.length());
        if (moved == null) {
            flushWithoutMark();
            moved = arena.tryTake(0, body.length());
        }
        if (moved == null) {
            return body;
        }
        body.copyTo(moved.view());
        return moved;
    }

    private Shard shardOf(long ledgerId) {
        return shards.get(Math.floorMod(ledgerId, shards.size()));
    }

    /** The marks stay, so that a crash during the replay repeats it; every fact may be applied twice. */
    private void flushWithoutMark() throws IOException {
        long flush = shards.get(0).core().currentFlush();
        List<Shard.Frozen> frozen =
                shards.stream().map(shard -> shard.freeze(0)).toList();
        new FlushJob(flush, frozen, Optional.empty()).run(storage.stores());
        shards.forEach(shard -> shard.cache().release());
    }
}
