package dev.daybook.client;

import dev.daybook.protocol.model.EntryId;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * The writing end of a ledger whose entry ids the application chooses, from 0 on without gaps, in any order and from any
 * number of threads. Thread-safe.
 *
 * <p>Entries leave for the bookies as they come; acknowledgements come in the order of ids. A gap therefore holds back
 * everything above it until it is filled, and what is above a gap when the ledger is closed or recovered is cut off.
 */
public interface AdvancedAppendLedger extends WriteLedger {
    /**
     * Appends the entry with this id; the stage completes when an ack quorum has it and every lower id is acknowledged as
     * well. The payload is copied before the call returns. May block the caller while the client's byte limit for
     * unacknowledged entries is reached, unless the entry is the next to be acknowledged: the others wait for it.
     *
     * @return fails with {@link LedgerException.Reason#DUPLICATE_ENTRY} if the id was used before; the handle stays usable
     */
    CompletionStage<EntryId> append(EntryId entry, byte[] payload);

    /** As {@link #append(EntryId, byte[])}; reads from position to limit and leaves the position unchanged. */
    CompletionStage<EntryId> append(EntryId entry, ByteBuffer payload);
}
