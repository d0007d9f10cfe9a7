package dev.daybook.server.shard;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.journal.JournalConfig;
import dev.daybook.storage.memtable.EntryArena;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the shards from disk. Runs before the loops do. What was replayed and does not fit into the ledger directories,
 * because a disk is full, stays in memory, where it was before the process ended.
 */
final class Recovery implements StorageSet.Recovered {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final StorageSet storage;
    private final List<Shard> shards;
    private final EntryArena arena;
    private final long cacheBytesMax;
    private Optional<FlushJob> unfinished = Optional.empty();
    private long flushAtBytes;

    /** @param cacheBytesMax at which the replay pauses for a flush */
    Recovery(StorageSet storage, List<Shard> shards, EntryArena arena, long cacheBytesMax) {
        this.storage = storage;
        this.shards = shards;
        this.arena = arena;
        this.cacheBytesMax = cacheBytesMax;
        this.flushAtBytes = cacheBytesMax;
    }

    /** Returns what {@link #unfinished} does. */
    Optional<FlushJob> run(List<Disk> journalDisks, JournalConfig config) throws IOException {
        return run(journalDisks, config, Losses.NONE);
    }

    Optional<FlushJob> run(List<Disk> journalDisks, JournalConfig config, Losses losses) throws IOException {
        storage.recover(journalDisks, config, losses, this);
        return unfinished();
    }

    /** The flush for which there is no space, if that is so. */
    Optional<FlushJob> unfinished() {
        return unfinished;
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
        if (cacheBytes() > flushAtBytes) {
            flushWithoutMark();
        }
    }

    private long cacheBytes() {
        long bytes = 0;
        for (Shard shard : shards) {
            bytes += shard.cache().bytes();
        }
        return bytes;
    }

    /** What is replayed may be much, and the heap is small. */
    private EntryBytes moved(EntryBytes body) throws IOException {
        EntryBytes moved = arena.tryTake(0, body.length());
        if (moved == null && unfinished.isEmpty()) {
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
        FlushJob job = unfinished.orElseGet(this::freeze);
        try {
            job.run(storage.stores());
            unfinished = Optional.empty();
            shards.forEach(shard -> shard.cache().release());
            flushAtBytes = cacheBytesMax;
        } catch (DiskFullException e) {
            if (unfinished.isEmpty()) {
                LOG.warn("{} The replay goes on in memory.", e.getMessage());
            }
            unfinished = Optional.of(job);
            flushAtBytes = cacheBytes() + cacheBytesMax;
        }
    }

    private FlushJob freeze() {
        long flush = shards.get(0).core().currentFlush();
        List<Shard.Frozen> frozen =
                shards.stream().map(shard -> shard.freeze(0)).toList();
        return new FlushJob(flush, frozen, Optional.empty());
    }
}
