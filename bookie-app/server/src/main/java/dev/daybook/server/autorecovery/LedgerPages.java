package dev.daybook.server.autorecovery;

import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where a walk gets its ledgers from. */
interface LedgerPages {
    /** Ledgers after this one, or the first ones; an empty page is the end. */
    CompletionStage<List<LedgerId>> after(Optional<LedgerId> last, int limit);
}
