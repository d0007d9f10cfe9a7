package dev.daybook.client.loop;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.repair.RepairReport;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.client.repair.RepairRun;
import dev.daybook.core.repair.CompleteRepair;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.protocol.model.LedgerId;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A repair from the moment it was asked for. */
final class RepairAttempt implements RepairRun, RepairOpening.Next {
    private static final RepairTally NOTHING = new RepairTally(0, 0, 0);

    private final LedgerLoop loop;
    private final RepairRequest request;
    private final RepairSharing sharing;
    private final Promise<RepairReport> promise;

    /** Present once it has begun. */
    private volatile @Nullable RepairDriver driver;

    /** Belongs to the loop. */
    private boolean abandoned;

    RepairAttempt(LedgerLoop loop, RepairRequest request, RepairSharing sharing, Promise<RepairReport> promise) {
        this.loop = loop;
        this.request = request;
        this.sharing = sharing;
        this.promise = promise;
    }

    void start(LedgerId ledger, MetadataStore store) {
        new RepairOpening(loop, ledger, promise, this).start(store);
    }

    @Override
    public void found(BookieRequests requests, RepairStart start) {
        if (abandoned) {
            return;
        }
        RepairDriver begun = new RepairDriver(loop, requests, start, request, sharing.runs(loop, requests), promise);
        driver = begun;
        begun.start();
    }

    @Override
    public void abandon() {
        loop.execute(() -> {
            abandoned = true;
            RepairDriver begun = driver;
            if (begun == null) {
                promise.fail(Failures.abandoned(promise.what()));
            } else {
                begun.end(Failures.abandoned(promise.what()));
            }
        });
    }

    @Override
    public void gone() {
        promise.complete(new RepairReport(new CompleteRepair.Outcome.Gone(), NOTHING));
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
