package dev.daybook.spring.core;

import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerSpec;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an application does with single ledgers. Every method waits for its outcome and throws only Spring's
 * {@link org.springframework.dao.DataAccessException}s, see {@link LedgerExceptionTranslator}. Callbacks and consumers
 * run on the calling thread. Ledgers are opened with the password of the default {@link LedgerSpec}.
 */
public interface LedgerOperations {
    /** As {@link #write(LedgerSpec, LedgerWriteCallback)} with the default spec. */
    <T extends @Nullable Object> T write(LedgerWriteCallback<T> callback);

    /**
     * Creates a ledger, lets the callback fill it, waits until every entry is acknowledged and closes the ledger. When
     * the callback or an entry fails, the ledger is closed too and keeps every entry that was acknowledged; entries
     * submitted before the failure still get their chance.
     */
    <T extends @Nullable Object> T write(LedgerSpec spec, LedgerWriteCallback<T> callback);

    /** Writes a ledger of the default spec that holds exactly these entries, and closes it. */
    LedgerId append(Iterable<byte[]> entries);

    /** Reads entries {@code first} to {@code last}, both included, into memory. */
    List<LedgerEntry> read(LedgerId ledger, long first, long last);

    /**
     * Hands every confirmed entry to the consumer, in order and in bounded batches. Of a ledger that is being written
     * it reads what is confirmed at the time of the call.
     *
     * @return the number of entries
     */
    long forEach(LedgerId ledger, Consumer<? super LedgerEntry> consumer);

    /** As {@link #forEach(LedgerId, Consumer)}, beginning with the entry {@code first}. */
    long forEach(LedgerId ledger, long first, Consumer<? super LedgerEntry> consumer);

    /** Follows a ledger that may still be written, beginning with the entry {@code first}. Close the result. */
    LedgerTail tail(LedgerId ledger, long first);

    /**
     * Takes the ledger over: stops its writer by fencing, recovers every acknowledged entry and closes it. Idempotent.
     *
     * @return the metadata of the closed ledger, with its end
     */
    LedgerMetadata openWithRecovery(LedgerId ledger);

    /** Deletes the ledger; a missing one counts as deleted. */
    void delete(LedgerId ledger);

    /** For everything else: calls the client, waits and translates. */
    <T extends @Nullable Object> T execute(Function<LedgerClient, CompletionStage<T>> call);
}
