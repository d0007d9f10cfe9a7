package dev.daybook.simulator.meta;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.repair.CommonRepairStore;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The metadata service as auditors, workers and garbage collectors reach it; what they never ask for is not there. */
final class SimMetadataStore implements MetadataStore {
    private final MetadataService service;
    private final Session session;
    private final Futures futures;
    private final CommonRepairStore repairs;
    private final List<Consumer<BookieSnapshot>> listeners = new ArrayList<>();
    private BookieSnapshot bookies;

    SimMetadataStore(MetadataService service, Session session, Futures futures) {
        this.service = service;
        this.session = session;
        this.futures = futures;
        this.repairs = new CommonRepairStore(
                new SimRepairPlaces(service, session, futures),
                new SimElection(service.world(), service, session),
                () -> service.world().now());
        session.onReplaced(repairs::sessionReplaced);
        this.bookies = new BookieSnapshot(service.bookies(), List.of());
        service.watchBookies(session.client(), list -> {
            bookies = new BookieSnapshot(list, List.of());
            List.copyOf(listeners).forEach(listener -> listener.accept(bookies));
        });
    }

    @Override
    public CompletionStage<Optional<Versioned<LedgerMetadata>>> read(LedgerId ledger) {
        CompletableFuture<Optional<Versioned<LedgerMetadata>>> future = futures.make();
        service.read(session.client(), ledger.value(), reply -> {
            if (reply instanceof MetadataReply.Found found) {
                future.complete(Optional.of(found.record()));
            } else if (reply instanceof MetadataReply.Gone) {
                future.complete(Optional.empty());
            } else {
                future.completeExceptionally(unavailable());
            }
        });
        return future;
    }

    private static LedgerException unavailable() {
        return new LedgerException(LedgerException.Reason.METADATA_UNAVAILABLE, "The metadata service did not answer.");
    }

    @Override
    public CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit) {
        CompletableFuture<List<LedgerId>> future = futures.make();
        service.list(
                session.client(),
                after,
                found -> found.ifPresentOrElse(future::complete, () -> future.completeExceptionally(unavailable())));
        return future;
    }

    @Override
    public BookieSnapshot bookies() {
        return bookies;
    }

    @Override
    public Subscription watchBookies(Consumer<BookieSnapshot> listener) {
        listener.accept(bookies);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Every bookie has a cookie for ever. */
    @Override
    public CompletionStage<List<BookieRecord>> bookieRecords() {
        return CompletableFuture.completedFuture(service.everRegistered().stream()
                .map(SimMetadataStore::recordOf)
                .toList());
    }

    private static BookieRecord recordOf(BookieId bookie) {
        return new BookieRecord(bookie, BookieRecord.State.DOWN, new BookieServiceInfo(List.of(), Map.of()));
    }

    @Override
    public CompletionStage<Optional<String>> instanceId() {
        return CompletableFuture.completedFuture(Optional.of(MetadataService.INSTANCE));
    }

    @Override
    public RepairStore repairs() {
        return repairs;
    }

    @Override
    public void close() {
        // Sessions end by themselves.
    }

    @Override
    public CompletionStage<LedgerId> generateLedgerId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<CreateOutcome> create(LedgerId ledger, LedgerMetadata metadata) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<SwapOutcome> swap(LedgerId ledger, LedgerMetadata metadata, long expectedVersion) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> delete(LedgerId ledger) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription watch(LedgerId ledger, Consumer<Optional<Versioned<LedgerMetadata>>> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<BookieAddress>> resolve(BookieId bookie) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RecordStore records() {
        throw new UnsupportedOperationException();
    }

    @Override
    public BookieRegistry registry() {
        throw new UnsupportedOperationException();
    }
}
