package dev.daybook.engine.request;

import java.util.function.Consumer;

/** The search for one entry. The result is told to the core by {@link BookieCore#onLookup}. */
public final class Lookup<P> {
    private final long ledgerId;
    private final long entryId;
    private final long visibleFromFlush;
    private final boolean urgent;
    private final Consumer<LookupResult<P>> outcome;

    Lookup(long ledgerId, long entryId, long visibleFromFlush, boolean urgent, Consumer<LookupResult<P>> outcome) {
        this.ledgerId = ledgerId;
        this.entryId = entryId;
        this.visibleFromFlush = visibleFromFlush;
        this.urgent = urgent;
        this.outcome = outcome;
    }

    public long ledgerId() {
        return ledgerId;
    }

    public long entryId() {
        return entryId;
    }

    /** What earlier flushes wrote under this ledger id is not to be found. */
    public long visibleFromFlush() {
        return visibleFromFlush;
    }

    /** Recovery waits for it: it must not queue behind ordinary reads and is never refused. */
    public boolean isUrgent() {
        return urgent;
    }

    Consumer<LookupResult<P>> outcome() {
        return outcome;
    }
}
