package dev.daybook.server.shard;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.engine.request.AddCommand;
import dev.daybook.engine.request.Answer;
import dev.daybook.engine.request.Append;
import dev.daybook.engine.request.BookieCore;
import dev.daybook.engine.request.Effect;
import dev.daybook.engine.request.Listing;
import dev.daybook.engine.request.Lookup;
import dev.daybook.engine.request.LookupResult;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.memtable.FrozenCache;
import dev.daybook.storage.memtable.WriteCache;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Consumer;

/** A core with its write cache, and the performance of its effects. Owned by one thread. */
final class Shard implements Effect.Handler<EntryBytes, Ticket> {
    /** Where effects go that a shard cannot perform itself. Completions come back as calls on the shard's thread. */
    interface Ports {
        /** Appends of one batch, in order. */
        void journal(List<Append<EntryBytes>> appends);

        /** The write cache does not have the entry; perhaps it was read ahead. Does not wait for the disk. */
        Optional<EntryBytes> findReady(Lookup<EntryBytes> lookup);

        /** Neither was it read ahead. */
        void find(Lookup<EntryBytes> lookup);

        /** @param cached ids that the write cache has */
        void list(Listing listing, NavigableSet<Long> cached);
    }

    private final BookieCore<EntryBytes, Ticket> core;
    private final WriteCache cache;
    private final Ports ports;
    private final List<Append<EntryBytes>> appends = new ArrayList<>();

    Shard(long currentFlush, Ports ports) {
        this.core = new BookieCore<>(currentFlush, EntryBytes::length);
        this.cache = new WriteCache(currentFlush);
        this.ports = ports;
    }

    /** Calls the core and performs what it asks for, except that journal appends wait for {@link #endBatch}. */
    void tell(Consumer<BookieCore<EntryBytes, Ticket>> call) {
        call.accept(core);
        core.drainTo(this);
    }

    void add(AddCommand<EntryBytes> command, Ticket ticket) {
        core.onAdd(command, ticket);
        core.drainTo(this);
    }

    void synced(List<Append<EntryBytes>> done) {
        for (Append<EntryBytes> append : done) {
            core.onSynced(append);
            core.drainTo(this);
        }
    }

    void written(List<Append<EntryBytes>> done) {
        for (Append<EntryBytes> append : done) {
            core.onWritten(append);
            core.drainTo(this);
        }
    }

    void failed(List<Append<EntryBytes>> done) {
        for (Append<EntryBytes> append : done) {
            core.onAppendFailed(append);
            core.drainTo(this);
        }
    }

    /** Hands over the appends of all calls since the last time at once. */
    void endBatch() {
        if (!appends.isEmpty()) {
            ports.journal(List.copyOf(appends));
            appends.clear();
        }
    }

    BookieCore<EntryBytes, Ticket> core() {
        return core;
    }

    WriteCache cache() {
        return cache;
    }

    /** Begins a flush: what the shard has goes into it, what comes later does not. */
    Frozen freeze(long purgedFlush) {
        return new Frozen(cache.freeze(), core.freeze(purgedFlush));
    }

    /** What one shard gives to a flush. */
    record Frozen(FrozenCache cache, List<LedgerRow> rows) {}

    @Override
    public void append(Append<EntryBytes> append) {
        appends.add(append);
    }

    @Override
    public void store(long ledgerId, long entryId, EntryBytes payload) {
        cache.put(ledgerId, entryId, payload);
    }

    @Override
    public void release(EntryBytes payload) {
        payload.release();
    }

    @Override
    public void drop(long ledgerId) {
        cache.drop(ledgerId);
    }

    @Override
    public void look(Lookup<EntryBytes> lookup) {
        Optional<EntryBytes> cached = cache.find(lookup.ledgerId(), lookup.entryId(), lookup.visibleFromFlush())
                .or(() -> ports.findReady(lookup));
        if (cached.isPresent()) {
            core.onLookup(lookup, new LookupResult.Found<>(cached.get()));
        } else {
            ports.find(lookup);
        }
    }

    @Override
    public void list(Listing listing) {
        ports.list(listing, cache.entryIds(listing.ledgerId(), listing.visibleFromFlush()));
    }

    @Override
    public void reply(Ticket ticket, Answer<EntryBytes> answer) {
        ticket.answer(answer);
    }
}
