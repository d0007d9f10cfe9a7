package dev.daybook.testsupport;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
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

    private final MetadataStore empty = new InMemoryMetadataStore();

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
    public CompletionStage<List<UnderReplicatedLedger>> underReplicated(Optional<LedgerId> after, int limit) {
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

    @Override
    public CompletionStage<Optional<AuditorReport>> auditorReport() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public RepairStore repairs() {
        return empty.repairs();
    }

    @Override
    public JobStore jobs() {
        return new JobStore(empty.records());
    }
}
