package dev.daybook.server.shard;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.journal.JournalConfig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Fills the shards from disk. Runs before the loops do. */
final class Recovery implements StorageSet.Recovered {
    private final StorageSet storage;
    private final List<Shard> shards;
    private final long cacheBytesMax;

    /** @param cacheBytesMax at which the replay pauses for a flush */
    Recovery(StorageSet storage, List<Shard> shards, long cacheBytesMax) {
        this.storage = storage;
        this.shards = shards;
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
    public void fact(JournalRecord<byte[]> fact) throws IOException {
        shardOf(fact.ledgerId()).tell(core -> core.replay(fact));
        if (shards.stream().mapToLong(shard -> shard.cache().bytes()).sum() > cacheBytesMax) {
            flushWithoutMark();
        }
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
