package dev.daybook.spring.core;

import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import java.util.concurrent.CompletableFuture;

/**
 * The ledger that a {@link LedgerWriteCallback} writes. Thread-safe; usable until the callback returns. After the first
 * failure every later call fails for the same reason.
 */
public interface LedgerAppender {
    LedgerId ledgerId();

    /**
     * Appends and waits until an ack quorum has the entry on disk. The payload is copied.
     *
     * @throws org.springframework.dao.DataAccessException see {@link LedgerExceptionTranslator}
     */
    EntryId append(byte[] payload);

    /**
     * Appends without waiting for the acknowledgement; {@link #flush()} and the end of the write throw the first
     * failure. Blocks while the client's limit of unacknowledged bytes ({@code daybook.client.max-pending-bytes}) is
     * reached.
     */
    void submit(byte[] payload);

    /**
     * As {@link #submit}; the future ends with the id or a {@link org.springframework.dao.DataAccessException}. Stages
     * that hang on it run on a thread of the client, and have run when a later {@link #flush()} returns.
     */
    CompletableFuture<EntryId> appendAsync(byte[] payload);

    /** Waits until everything appended so far is acknowledged, and throws the first failure if something is not. */
    void flush();
}
