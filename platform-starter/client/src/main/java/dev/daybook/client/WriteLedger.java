package dev.daybook.client;

import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.concurrent.CompletionStage;

/**
 * What both writing ends of a ledger have in common. Thread-safe.
 *
 * <p>An append that failed is undetermined: the entry may turn out to be in the ledger or not. After the first failure
 * other than {@link LedgerException.Reason#TIMEOUT}, {@link LedgerException.Reason#TOO_MANY_REQUESTS} and those that
 * speak of the one entry alone, the handle is poisoned: every later append fails with the same reason, and the ledger
 * ends at the last confirmed entry.
 *
 * <p>An append that is not acknowledged within {@link WriterConfig#appendTimeout} fails with
 * {@link LedgerException.Reason#TIMEOUT}, and the handle lives on. That happens while the ensemble has to change and the
 * metadata service is away, and behind a gap in entry ids that the application chose.
 */
public interface WriteLedger extends AutoCloseable {
    LedgerId id();

    /**
     * Highest confirmed entry, -1 before the first: acknowledged with every entry below it and, in a ledger with deferred
     * sync, forced.
     */
    long lastAddConfirmed();

    /** Payload bytes submitted so far. */
    long length();

    LedgerMetadata metadata();

    /**
     * Has the bookies put on disk what is acknowledged by now. Completes with the last confirmed entry, which covers all
     * of that. Needs an answer of the whole ensemble; when it fails without poisoning the handle it may be repeated.
     *
     * <p>Without {@link LedgerSpec#withDurability deferred sync} every acknowledged entry is on disk already, and the
     * stage completes at once.
     */
    CompletionStage<Long> force();

    /**
     * Closes the ledger at the last confirmed entry. Pending appends fail. With deferred sync what is acknowledged is
     * forced before, and what cannot be forced is cut off. Later calls share the first outcome.
     */
    CompletionStage<LedgerMetadata> closeLedger();

    /** As {@link #closeLedger()}, waiting for the outcome. */
    @Override
    void close();
}
