package dev.daybook.boot.command;

import dev.daybook.client.LedgerAdmin;
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
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** A cluster with so many ledgers that nobody should hold them all; it is otherwise empty. */
final class ManyLedgers implements LedgerAdmin {
    private static final int PAGES_BETWEEN_LOOKS = 1_000;

    private final MetadataStore empty = new InMemoryMetadataStore();
    private final long ledgers;
    private final List<WeakReference<List<LedgerId>>> pages = new ArrayList<>();
    private int largestPage;
    private long heldAtMost;

    ManyLedgers(long ledgers) {
        this.ledgers = ledgers;
    }

    @Override
    public CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit) {
        long first = after.map(LedgerId::value).orElse(-1L) + 1;
        List<LedgerId> page = LongStream.range(first, Math.min(ledgers, first + limit))
                .mapToObj(LedgerId::new)
                .toList();
        largestPage = Math.max(largestPage, page.size());
        pages.add(new WeakReference<>(page));
        if (pages.size() % PAGES_BETWEEN_LOOKS == 0) {
            System.gc();
            heldAtMost = Math.max(
                    heldAtMost,
                    pages.stream().filter(held -> held.get() != null).count());
        }
        return CompletableFuture.completedFuture(page);
    }

    int largestPage() {
        return largestPage;
    }

    /** Of all that were handed out, as far as was looked. */
    long pagesHeldAtMost() {
        return heldAtMost;
    }

    @Override
    public CompletionStage<List<BookieRecord>> bookies() {
        return empty.bookieRecords();
    }

    @Override
    public CompletionStage<DiskUsage> diskUsage(BookieId bookie) {
        return CompletableFuture.completedFuture(new DiskUsage(0, 0));
    }

    @Override
    public CompletionStage<Optional<Versioned<LedgerMetadata>>> ledger(LedgerId ledger) {
        return empty.read(ledger);
    }

    @Override
    public CompletionStage<List<UnderReplicatedLedger>> underReplicated(Optional<LedgerId> after, int limit) {
        return empty.repairs().marked(after, limit);
    }

    @Override
    public CompletionStage<Optional<String>> auditor() {
        return empty.repairs().auditor();
    }

    @Override
    public CompletionStage<Boolean> autoRecoveryEnabled() {
        return empty.repairs().enabled();
    }

    @Override
    public CompletionStage<Optional<String>> instanceId() {
        return empty.instanceId();
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
