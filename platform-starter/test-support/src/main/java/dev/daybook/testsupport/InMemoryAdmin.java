package dev.daybook.testsupport;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Shows ledgers; there are no bookies. */
final class InMemoryAdmin implements LedgerAdmin {
    private final InMemoryLedgers ledgers;

    InMemoryAdmin(InMemoryLedgers ledgers) {
        this.ledgers = ledgers;
    }

    @Override
    public CompletionStage<List<BookieRecord>> bookies() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<DiskUsage> diskUsage(BookieId bookie) {
        return CompletableFuture.failedFuture(
                new LedgerException(Reason.BOOKIE_UNAVAILABLE, "there is no bookie " + bookie));
    }

    @Override
    public CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit) {
        return CompletableFuture.completedFuture(ledgers.all().stream()
                .map(MemoryLedger::id)
                .filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0)
                .limit(limit)
                .toList());
    }

    @Override
    public CompletionStage<Optional<Versioned<LedgerMetadata>>> ledger(LedgerId ledger) {
        return CompletableFuture.completedFuture(ledgers.all().stream()
                .filter(candidate -> candidate.id().equals(ledger))
                .map(found -> new Versioned<>(found.metadata(), 0))
                .findFirst());
    }

    @Override
    public CompletionStage<List<UnderReplicatedLedger>> underReplicated(int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Optional<String>> auditor() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletionStage<Boolean> autoRecoveryEnabled() {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public CompletionStage<Optional<String>> instanceId() {
        return ledgers.isClosed()
                ? CompletableFuture.failedFuture(
                        new LedgerException(Reason.CLIENT_CLOSED, "the ledger client is closed"))
                : CompletableFuture.completedFuture(Optional.of("in-memory"));
    }
}
