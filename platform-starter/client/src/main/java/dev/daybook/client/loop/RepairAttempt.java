package dev.daybook.client.loop;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.repair.RepairReport;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.client.repair.RepairRun;
import dev.daybook.core.read.CompleteLac;
import dev.daybook.core.repair.CompleteRepair;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.Versioned;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Finds out what a repair has to begin with, and begins it. */
final class RepairAttempt implements RepairRun {
    private static final RepairTally NOTHING = new RepairTally(0, 0, 0);

    private final LedgerLoop loop;
    private final LedgerId ledger;
    private final RepairRequest request;
    private final RepairPace pace;
    private final Promise<RepairReport> promise;

    /** Present once it has begun. */
    private volatile @Nullable RepairDriver driver;

    RepairAttempt(
            LedgerLoop loop, LedgerId ledger, RepairRequest request, RepairPace pace, Promise<RepairReport> promise) {
        this.loop = loop;
        this.ledger = ledger;
        this.request = request;
        this.pace = pace;
        this.promise = promise;
    }

    /** Without knowledge of the cluster everybody would seem lost, so that is waited for. */
    void start(MetadataStore store) {
        Failures.staged(() -> store.read(ledger))
                .whenComplete((found, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        promise.fail(Failures.ofStore(promise.what(), failure));
                    } else if (found.isEmpty()) {
                        promise.complete(new RepairReport(new CompleteRepair.Outcome.Gone(), NOTHING));
                    } else {
                        loop.whenClusterKnown(() -> onRecord(found.get()));
                    }
                }));
    }

    private void onRecord(Versioned<LedgerMetadata> record) {
        if (!loop.cluster().isKnown()) {
            promise.fail(Failures.clusterUnknown(promise.what()));
            return;
        }
        Credentials credentials = RecordCredentials.of(record.value());
        BookieRequests requests = new BookieRequests(loop, ledger.value(), credentials, lac -> {});
        if (record.value().isClosed()) {
            begin(requests, new RepairStart(ledger, record, EntryId.NONE));
            return;
        }
        ReaderState state = new ReaderState(loop, ledger.value(), record, credentials);
        new LacReading(state, EntryId.NONE, outcome -> begin(requests, new RepairStart(ledger, record, lac(outcome))))
                .start();
    }

    /** What is not known to be confirmed is not touched. */
    private static long lac(CompleteLac.Outcome outcome) {
        return outcome instanceof CompleteLac.Outcome.Confirmed confirmed ? confirmed.lastAddConfirmed() : EntryId.NONE;
    }

    private void begin(BookieRequests requests, RepairStart start) {
        RepairDriver begun = new RepairDriver(loop, requests, start, request, pace, promise);
        driver = begun;
        begun.start();
    }

    @Override
    public CompletionStage<RepairReport> end() {
        return promise.stage();
    }

    @Override
    public RepairTally progress() {
        RepairDriver begun = driver;
        return begun == null ? NOTHING : begun.tally();
    }
}
