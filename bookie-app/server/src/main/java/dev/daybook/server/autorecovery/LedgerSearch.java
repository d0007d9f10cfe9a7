package dev.daybook.server.autorecovery;

import dev.daybook.protocol.model.LedgerId;
import java.util.concurrent.CompletionStage;

/** What an auditor does with each ledger of the cluster in turn. */
interface LedgerSearch {
    /** A ledger that is gone meanwhile counts as looked at. Any thread. */
    CompletionStage<Void> look(LedgerId ledger);

    /** All ledgers were looked at. */
    default void completed() {}
}
