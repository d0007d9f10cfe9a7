package dev.daybook.client.log;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Ledgers for logs out of a client. */
public final class ClientLedgers implements LogLedgers {
    private final LedgerClient client;
    private final Supplier<CompletionStage<LedgerId>> ids;

    /** @param ids that no ledger of the cluster has */
    public ClientLedgers(LedgerClient client, Supplier<CompletionStage<LedgerId>> ids) {
        this.client = client;
        this.ids = ids;
    }

    @Override
    public CompletionStage<LedgerId> newId() {
        return ids.get();
    }

    @Override
    public CompletionStage<AppendLedger> create(LedgerId id, LedgerSpec spec) {
        return client.create(spec.withLedgerId(id));
    }

    @Override
    public CompletionStage<ReadLedger> open(LedgerId id, LedgerPassword password) {
        return client.open(id, password);
    }

    @Override
    public CompletionStage<ReadLedger> openWithRecovery(LedgerId id, LedgerPassword password) {
        return client.openWithRecovery(id, password);
    }

    @Override
    public CompletionStage<Void> delete(LedgerId id) {
        return client.delete(id);
    }

    @Override
    public CompletionStage<Optional<LedgerMetadata>> find(LedgerId id) {
        return client.admin().ledger(id).thenApply(found -> found.map(Versioned::value));
    }

    @Override
    public CompletionStage<List<LedgerId>> list(Optional<LedgerId> after, int limit) {
        return client.admin().ledgers(after, limit);
    }
}
