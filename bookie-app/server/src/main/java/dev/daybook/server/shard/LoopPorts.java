package dev.daybook.server.shard;

import dev.daybook.engine.request.Append;
import dev.daybook.engine.request.Listing;
import dev.daybook.engine.request.Lookup;
import dev.daybook.server.journal.JournalLoop;
import dev.daybook.storage.memtable.EntryBytes;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/** Sends a shard's effects to the other loops. */
final class LoopPorts implements Shard.Ports {
    private final int shardIndex;
    private final List<ShardLoop> shards;
    private final List<JournalLoop> journals;
    private final DiskReaders readers;

    /** @param shards and the journals may still be empty; they are there when the shard works */
    LoopPorts(int shardIndex, List<ShardLoop> shards, List<JournalLoop> journals, DiskReaders readers) {
        this.shardIndex = shardIndex;
        this.shards = shards;
        this.journals = journals;
        this.readers = readers;
    }

    @Override
    public void journal(List<Append<EntryBytes>> appends) {
        if (journals.size() == 1) {
            journals.get(0).submit(appends, shards.get(shardIndex));
            return;
        }
        for (int i = 0; i < journals.size(); i++) {
            int index = i;
            List<Append<EntryBytes>> part = appends.stream()
                    .filter(append -> Math.floorMod(append.ledgerId(), journals.size()) == index)
                    .toList();
            if (!part.isEmpty()) {
                journals.get(i).submit(part, shards.get(shardIndex));
            }
        }
    }

    @Override
    public Optional<EntryBytes> findReady(Lookup<EntryBytes> lookup) {
        return readers.findReady(lookup);
    }

    @Override
    public void find(Lookup<EntryBytes> lookup) {
        readers.find(lookup, shards.get(shardIndex));
    }

    @Override
    public void list(Listing listing, NavigableSet<Long> cached) {
        readers.list(listing, cached, shards.get(shardIndex));
    }
}
