package dev.daybook.client.loop;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.audit.AuditorReports;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.net.CallFailure;
import dev.daybook.client.net.CallHandler;
import dev.daybook.client.net.NetworkLoop;
import dev.daybook.client.net.ResponseBuffers;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Answers operators from the metadata store and from the bookies themselves. Thread-safe. */
final class StoreLedgerAdmin implements LedgerAdmin {
    private static final long BOTH_NUMBERS = BookieRequest.TOTAL_DISK_CAPACITY | BookieRequest.FREE_DISK_SPACE;

    private final MetadataStore store;
    private final NetworkLoop loop;
    private final Duration bookieTimeout;
    private final Promises promises;

    /** @param loop the one that asks bookies */
    StoreLedgerAdmin(MetadataStore store, NetworkLoop loop, Duration bookieTimeout, Promises promises) {
        this.store = store;
        this.loop = loop;
        this.bookieTimeout = bookieTimeout;
        this.promises = promises;
    }

    @Override
    public CompletionStage<List<BookieRecord>> bookies() {
        return ask("Listing the bookies", store::bookieRecords);
    }

    @Override
    public CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit) {
        return ask("Listing the ledgers", () -> store.ledgers(after, limit));
    }

    @Override
    public CompletionStage<Optional<Versioned<LedgerMetadata>>> ledger(LedgerId ledger) {
        return ask("Reading the record of ledger " + ledger, () -> store.read(ledger));
    }

    @Override
    public CompletionStage<List<UnderReplicatedLedger>> underReplicated(Optional<LedgerId> after, int limit) {
        return ask("Listing under-replicated ledgers", () -> store.repairs().marked(after, limit));
    }

    @Override
    public CompletionStage<Optional<String>> auditor() {
        return ask("Reading who is the auditor", () -> store.repairs().auditor());
    }

    @Override
    public CompletionStage<Boolean> autoRecoveryEnabled() {
        return ask(
                "Reading whether autorecovery is enabled", () -> store.repairs().enabled());
    }

    @Override
    public CompletionStage<Optional<String>> instanceId() {
        return ask("Reading the cluster's instance id", store::instanceId);
    }

    @Override
    public RepairStore repairs() {
        return store.repairs();
    }

    @Override
    public JobStore jobs() {
        return new JobStore(store.records());
    }

    @Override
    public CompletionStage<Optional<AuditorReport>> auditorReport() {
        return ask("Reading the auditor's report", new AuditorReports(store.records())::read);
    }

    private <T> CompletionStage<T> ask(String what, Supplier<CompletionStage<T>> question) {
        Promise<T> promise = promises.make(what);
        promise.follow(question);
        return promise.stage();
    }

    @Override
    public CompletionStage<DiskUsage> diskUsage(BookieId bookie) {
        Promise<DiskUsage> promise = promises.make("Asking bookie " + bookie + " for its disk usage");
        loop.execute(() -> loop.send(
                bookie,
                new BookieRequest.BookieInfo(
                        loop.header(loop.generationOf(Operation.BOOKIE_INFO, false), Operation.BOOKIE_INFO),
                        BOTH_NUMBERS),
                bookieTimeout,
                new UsageAnswer(promise)));
        return promise.stage();
    }

    /** A bookie that leaves a number out is taken at its word that it has none. */
    private record UsageAnswer(Promise<DiskUsage> promise) implements CallHandler {
        @Override
        public void answered(BookieResponse response) {
            if (response instanceof BookieResponse.BookieInfo info && info.status() == Status.OK) {
                promise.complete(new DiskUsage(
                        info.totalDiskBytes().orElse(0), info.freeDiskBytes().orElse(0)));
                return;
            }
            ResponseBuffers.release(response);
            Reason reason = response.status() == Status.UNAUTHORIZED ? Reason.UNAUTHORIZED : Reason.READ_FAILED;
            promise.fail(
                    new LedgerException(reason, promise.what() + " failed: the bookie answered " + response.status()));
        }

        @Override
        public void failed(CallFailure failure) {
            Reason reason = switch (failure) {
                case TIMEOUT -> Reason.TIMEOUT;
                case MALFORMED -> Reason.READ_FAILED;
                case NO_CONNECTION, CONNECTION_LOST, TLS_FAILED -> Reason.BOOKIE_UNAVAILABLE;
                case REFUSED -> Reason.UNAUTHORIZED;
                case CLIENT_CLOSED -> Reason.CLIENT_CLOSED;
            };
            promise.fail(new LedgerException(reason, promise.what() + " failed: it " + failure.phrase()));
        }
    }
}
