package dev.daybook.client;

import dev.daybook.protocol.model.EntryId;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** The writing end of a ledger whose entries are numbered in the order of the appends. Thread-safe. */
public interface AppendLedger extends WriteLedger {
    /**
     * Appends an entry; the stage completes when an ack quorum has it and every entry before it is acknowledged as well.
     * The payload is copied before the call returns. May block the caller while the client's byte limit for
     * unacknowledged entries is reached.
     */
    CompletionStage<EntryId> append(byte[] payload);

    /** As {@link #append(byte[])}; reads from position to limit and leaves the position unchanged. */
    CompletionStage<EntryId> append(ByteBuffer payload);
}
