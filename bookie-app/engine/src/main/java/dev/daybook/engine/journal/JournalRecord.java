package dev.daybook.engine.journal;

/**
 * One durable fact about a ledger. Every record states a fact absolutely, so that replaying a stretch of the journal
 * over a state that already holds part of it ends in the same state.
 *
 * @param <P> the packaged entry, opaque to the engine. Arrays are shared and must not be changed
 */
public sealed interface JournalRecord<P> {
    long ledgerId();

    /** @param lac the last-add-confirmed that the entry carries */
    record Entry<P>(long ledgerId, long entryId, long lac, P payload) implements JournalRecord<P> {}

    /** The ledger exists and has this master key. Precedes every other record of the ledger. */
    record Key<P>(long ledgerId, byte[] masterKey) implements JournalRecord<P> {}

    record Fence<P>(long ledgerId) implements JournalRecord<P> {}

    /** @param bytes the packet as the client sent it; {@code lac} is read from it */
    record ExplicitLac<P>(long ledgerId, long lac, byte[] bytes) implements JournalRecord<P> {}

    /** @param deletedMillis wall clock, from which the tombstone's age is counted */
    record Delete<P>(long ledgerId, long deletedMillis) implements JournalRecord<P> {}

    /** Whether acknowledged entries of the ledger may be missing here. */
    /** @param lastEntryId highest entry stored here when limbo ended, as a search told; -1 if none, or if it begins */
    record Limbo<P>(long ledgerId, boolean inLimbo, long lastEntryId) implements JournalRecord<P> {}
}
