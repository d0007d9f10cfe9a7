package dev.daybook.client;

import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * The writing end of a ledger. Thread-safe. After the first failed append the handle is poisoned: every later append
 * fails with the same reason, and the ledger ends at the last acknowledged entry.
 */
public interface AppendLedger extends AutoCloseable {
    LedgerId id();

    /**
     * Appends an entry; the stage completes when an ack quorum has it on disk and every entry before it is acknowledged
     * as well. The payload is copied before the call returns. May block the caller while the client's byte limit for
     * unacknowledged entries is reached.
     */
    CompletionStage<EntryId> append(byte[] payload);

    /** As {@link #append(byte[])}; reads from position to limit and leaves the position unchanged. */
    CompletionStage<EntryId> append(ByteBuffer payload);

    /** Highest entry acknowledged to the application, -1 before the first. */
    long lastAddConfirmed();

    /** Payload bytes submitted so far. */
    long length();

    LedgerMetadata metadata();

    /** Closes the ledger at the last acknowledged entry. Pending appends fail. Later calls share the first outcome. */
    CompletionStage<LedgerMetadata> closeLedger();

    /** As {@link #closeLedger()}, waiting for the outcome. */
    @Override
    void close();
}
