package dev.daybook.engine.request;

import java.util.function.Consumer;

/** The search for all entry ids of a ledger. The result is told to the core by {@link BookieCore#onListed}. */
public final class Listing {
    private final long ledgerId;
    private final long visibleFromFlush;
    private final Consumer<ListResult> outcome;

    Listing(long ledgerId, long visibleFromFlush, Consumer<ListResult> outcome) {
        this.ledgerId = ledgerId;
        this.visibleFromFlush = visibleFromFlush;
        this.outcome = outcome;
    }

    public long ledgerId() {
        return ledgerId;
    }

    /** What earlier flushes wrote under this ledger id is not to be listed. */
    public long visibleFromFlush() {
        return visibleFromFlush;
    }

    Consumer<ListResult> outcome() {
        return outcome;
    }
}
