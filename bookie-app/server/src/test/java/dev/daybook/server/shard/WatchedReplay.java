package dev.daybook.server.shard;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers the entries that a recovery replays. A process may die after it has written an entry and before it has heard of
 * the sync: nobody was told of such an entry, and yet it is there from the next start on.
 */
final class WatchedReplay implements StorageSet.Recovered {
    private final StorageSet.Recovered recovery;
    private final Map<Long, Map<Long, ByteBuffer>> bodies = new TreeMap<>();

    WatchedReplay(StorageSet.Recovered recovery) {
        this.recovery = recovery;
    }

    @Override
    public void doubt(Doubt doubt) {
        recovery.doubt(doubt);
    }

    @Override
    public void ledger(LedgerRow row) {
        recovery.ledger(row);
    }

    @Override
    public void fact(JournalRecord<EntryBytes> fact) throws IOException {
        if (fact instanceof JournalRecord.Entry<EntryBytes> entry) {
            ByteBuffer body = entry.payload().view();
            bodies.computeIfAbsent(entry.ledgerId(), any -> new TreeMap<>())
                    .put(
                            entry.entryId(),
                            ByteBuffer.allocate(body.remaining()).put(body).flip());
        } else if (fact instanceof JournalRecord.Delete<EntryBytes>) {
            bodies.remove(fact.ledgerId());
        }
        recovery.fact(fact);
    }

    /** To be called when what was replayed is durable. */
    void tell(ScheduledBookie.Witness witness) {
        bodies.forEach((ledgerId, entries) ->
                entries.forEach((entryId, body) -> witness.entrySynced(ledgerId, entryId, body.duplicate())));
    }
}
