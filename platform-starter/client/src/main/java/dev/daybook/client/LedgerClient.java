package dev.daybook.client;

import dev.daybook.client.log.NamedLogs;
import dev.daybook.client.name.LedgerNames;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import java.util.concurrent.CompletionStage;

/**
 * Creates, opens and deletes ledgers. Thread-safe; one per application is enough. Every stage ends within the deadline
 * of its operation, exceptionally with a {@link LedgerException}. Dependent stages run on the client's callback
 * executor, never on a network thread.
 *
 * <p>{@link LedgerClients#connect} makes one.
 */
public interface LedgerClient extends AutoCloseable {
    /** Creates a ledger. No bookie is contacted before the first append. */
    CompletionStage<AppendLedger> create(LedgerSpec spec);

    /** As {@link #create}, for entries whose ids the application chooses. Nothing of that is stored in the ledger. */
    CompletionStage<AdvancedAppendLedger> createAdvanced(LedgerSpec spec);

    /**
     * Opens a ledger without disturbing its writer. The handle follows the writer: it sees entries up to the last
     * confirmed one and new fragments as they come.
     */
    CompletionStage<ReadLedger> open(LedgerId ledger, LedgerPassword password);

    /**
     * Stops any other writer by fencing, recovers every acknowledged entry and closes the ledger. Idempotent: a closed
     * ledger is simply opened.
     */
    CompletionStage<ReadLedger> openWithRecovery(LedgerId ledger, LedgerPassword password);

    /** Removes the ledger's metadata; bookies reclaim the space later. A missing ledger counts as deleted. */
    CompletionStage<Void> delete(LedgerId ledger);

    /** Never-ending logs over chains of ledgers. */
    NamedLogs logs();

    /** Names for ledgers. */
    LedgerNames names();

    /** For those who look after a cluster: copies that were lost are made anew. */
    LedgerRepairs repairs();

    /** What operators and consoles look at. */
    LedgerAdmin admin();

    /** Fails what is under way with {@link LedgerException.Reason#CLIENT_CLOSED} and releases all threads. */
    @Override
    void close();
}
