package dev.daybook.console;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.console.cluster.AdminSource;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A cluster that a test writes down; it can also fall silent or fail. */
public final class FakeCluster implements LedgerAdmin, AdminSource {
    /** How the metadata service behaves. */
    public enum Mood {
        ANSWERS,
        FAILS,
        HANGS
    }

    public volatile Mood mood = Mood.ANSWERS;
    public volatile Optional<String> auditor = Optional.of("b1:3181");
    public volatile boolean autoRecovery = true;
    public volatile Optional<AuditorReport> auditorReport = Optional.empty();
    public final NavigableMap<BookieId, BookieRecord> bookies = new ConcurrentSkipListMap<>();
    public final NavigableMap<LedgerId, LedgerMetadata> ledgers = new ConcurrentSkipListMap<>();
    public final List<UnderReplicatedLedger> marks = new ArrayList<>();
    public final AtomicInteger ledgersRead = new AtomicInteger();
    private volatile MetadataStore store = new InMemoryMetadataStore();

    public void reset() {
        mood = Mood.ANSWERS;
        auditor = Optional.of("b1:3181");
        autoRecovery = true;
        auditorReport = Optional.empty();
        bookies.clear();
        ledgers.clear();
        marks.clear();
        store.close();
        store = new InMemoryMetadataStore();
        ledgersRead.set(0);
    }

    public FakeCluster bookie(String id, BookieRecord.State state, BookieEndpoint... endpoints) {
        BookieId bookie = new BookieId(id);
        bookies.put(bookie, new BookieRecord(bookie, state, new BookieServiceInfo(List.of(endpoints), Map.of())));
        return this;
    }

    @Override
    public CompletableFuture<LedgerAdmin> admin() {
        return answer(() -> (LedgerAdmin) this).toCompletableFuture();
    }

    @Override
    public CompletionStage<List<BookieRecord>> bookies() {
        return answer(() -> List.copyOf(bookies.values()));
    }

    @Override
    public CompletionStage<DiskUsage> diskUsage(BookieId bookie) {
        return answer(() -> new DiskUsage(1000L << 30, 700L << 30));
    }

    @Override
    public CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit) {
        return answer(() -> after.map(id -> ledgers.tailMap(id, false)).orElse(ledgers).keySet().stream()
                .limit(limit)
                .toList());
    }

    @Override
    public CompletionStage<Optional<Versioned<LedgerMetadata>>> ledger(LedgerId ledger) {
        ledgersRead.incrementAndGet();
        return answer(() -> Optional.ofNullable(ledgers.get(ledger)).map(metadata -> new Versioned<>(metadata, 3)));
    }

    @Override
    public CompletionStage<List<UnderReplicatedLedger>> underReplicated(Optional<LedgerId> after, int limit) {
        return answer(() -> marks.stream()
                .filter(mark -> after.isEmpty() || mark.ledger().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(UnderReplicatedLedger::ledger))
                .limit(limit)
                .toList());
    }

    @Override
    public RepairStore repairs() {
        return store.repairs();
    }

    @Override
    public CompletionStage<Optional<AuditorReport>> auditorReport() {
        return answer(() -> auditorReport);
    }

    @Override
    public JobStore jobs() {
        return new JobStore(store.records());
    }

    @Override
    public CompletionStage<Optional<String>> auditor() {
        return answer(() -> auditor);
    }

    @Override
    public CompletionStage<Boolean> autoRecoveryEnabled() {
        return answer(() -> autoRecovery);
    }

    @Override
    public CompletionStage<Optional<String>> instanceId() {
        return answer(() -> Optional.of("7e1f6c1c-6a0c-4f53-9f6e-8d3a6a1f2b44"));
    }

    private <T> CompletionStage<T> answer(Supplier<T> value) {
        return switch (mood) {
            case ANSWERS -> CompletableFuture.completedFuture(value.get());
            case FAILS ->
                CompletableFuture.failedFuture(new LedgerException(
                        LedgerException.Reason.METADATA_UNAVAILABLE,
                        "The metadata service at zk1:2181 refused the call"));
            case HANGS -> new CompletableFuture<>();
        };
    }
}
