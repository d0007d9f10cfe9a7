package dev.daybook.client.log;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What logs need of ledgers. Thread-safe; failures are {@code LedgerException}s. */
public interface LogLedgers {
    /** An id that no ledger has. */
    CompletionStage<LedgerId> newId();

    /** Creates the ledger under this id; fails with {@code LEDGER_EXISTS} if there is one. */
    CompletionStage<AppendLedger> create(LedgerId id, LedgerSpec spec);

    CompletionStage<ReadLedger> open(LedgerId id, LedgerPassword password);

    CompletionStage<ReadLedger> openWithRecovery(LedgerId id, LedgerPassword password);

    /** A missing ledger counts as deleted. */
    CompletionStage<Void> delete(LedgerId id);

    /** Empty if there is no such ledger. */
    CompletionStage<Optional<LedgerMetadata>> find(LedgerId id);

    /** Ids above {@code after} in ascending order, at most {@code limit}; none is the end. */
    CompletionStage<List<LedgerId>> list(Optional<LedgerId> after, int limit);
}
