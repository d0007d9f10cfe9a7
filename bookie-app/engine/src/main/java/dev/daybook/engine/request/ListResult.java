package dev.daybook.engine.request;

/** How the listing of a ledger's entries ended. */
public sealed interface ListResult {
    /** @param entryIds ascending, without duplicates */
    record Listed(long[] entryIds) implements ListResult {}

    record Failed() implements ListResult {}
}
