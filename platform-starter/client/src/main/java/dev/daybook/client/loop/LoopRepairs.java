package dev.daybook.client.loop;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.client.repair.RepairReport;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.client.repair.RepairRun;
import dev.daybook.core.place.Adherence;
import dev.daybook.core.place.Rearrangement;
import dev.daybook.core.recover.CompleteRecovery;
import dev.daybook.core.repair.CheckReport;
import dev.daybook.core.repair.CopyWindowLimits;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Repairs over the loops of a client. */
final class LoopRepairs implements LedgerRepairs {
    private final MetadataStore store;
    private final Function<LedgerId, LedgerLoop> loopOf;
    private final Promises promises;
    private final RepairSharing sharing = new RepairSharing(new RepairPace(), new CopyGate(CopyWindowLimits.DEFAULT));

    LoopRepairs(MetadataStore store, Function<LedgerId, LedgerLoop> loopOf, Promises promises) {
        this.store = store;
        this.loopOf = loopOf;
        this.promises = promises;
    }

    @Override
    public RepairRun repair(LedgerId ledger, RepairRequest request) {
        Promise<RepairReport> promise = promises.make("Repairing ledger " + ledger);
        RepairAttempt attempt = new RepairAttempt(loopOf.apply(ledger), request, sharing, promise);
        attempt.start(ledger, store);
        return attempt;
    }

    @Override
    public CompletionStage<Optional<CheckReport>> check(LedgerId ledger, RepairRequest request) {
        Promise<Optional<CheckReport>> promise = promises.make("Checking ledger " + ledger);
        LedgerLoop loop = loopOf.apply(ledger);
        new RepairOpening(loop, ledger, promise, new CheckDriver(loop, request, sharing, promise)).start(store);
        return promise.stage();
    }

    @Override
    public CompletionStage<Adherence> adherence(LedgerId ledger, LedgerMetadata metadata) {
        return judged(ledger, loop -> worstAdherence(loop, metadata));
    }

    @Override
    public CompletionStage<Optional<Map<BookieId, BookieId>>> rearrangement(LedgerId ledger, LedgerMetadata metadata) {
        return judged(
                ledger, loop -> new Rearrangement(loop.placement(), loop.cluster(), loop.forkDice()).of(metadata));
    }

    /** Asks the placement policy once the bookies are known. */
    private <T> CompletionStage<T> judged(LedgerId ledger, Function<LedgerLoop, T> question) {
        Promise<T> promise = promises.make("Judging the placement of ledger " + ledger);
        LedgerLoop loop = loopOf.apply(ledger);
        loop.execute(() -> loop.whenClusterKnown(() -> {
            if (loop.cluster().isKnown()) {
                promise.complete(question.apply(loop));
            } else {
                promise.fail(Failures.clusterUnknown(promise.what()));
            }
        }));
        return promise.stage();
    }

    private static Adherence worstAdherence(LedgerLoop loop, LedgerMetadata metadata) {
        return metadata.fragments().stream()
                .map(fragment -> loop.placement().adherence(loop.cluster(), metadata.quorum(), fragment.ensemble()))
                .min(Comparator.naturalOrder())
                .orElse(Adherence.MEETS_STRICT);
    }

    @Override
    public CompletionStage<LedgerMetadata> recover(LedgerId ledger) {
        Promise<LedgerMetadata> promise = promises.make("Recovering ledger " + ledger);
        LedgerLoop loop = loopOf.apply(ledger);
        Failures.staged(() -> store.read(ledger))
                .whenComplete((found, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        promise.fail(Failures.ofStore(promise.what(), failure));
                    } else if (found.isEmpty()) {
                        promise.fail(Failures.noSuchLedger(ledger.value()));
                    } else {
                        recover(loop, ledger, found.get(), promise);
                    }
                }));
        return promise.stage();
    }

    private static void recover(
            LedgerLoop loop, LedgerId ledger, Versioned<LedgerMetadata> record, Promise<LedgerMetadata> promise) {
        if (record.value().isClosed()) {
            promise.complete(record.value());
            return;
        }
        BookieRequests requests =
                new BookieRequests(loop, ledger.value(), RecordCredentials.of(record.value()), lac -> {});
        new RecoveryDriver(loop, ledger.value(), requests, record, outcome -> {
                    if (outcome instanceof CompleteRecovery.Outcome.Closed closed) {
                        promise.complete(closed.record().value());
                    } else if (outcome instanceof CompleteRecovery.Outcome.Failed failed) {
                        promise.fail(Failures.of(loop, ledger.value(), failed.failure()));
                    }
                })
                .start();
    }

    @Override
    public void limitBytesPerSecond(long bytes) {
        sharing.pace().limit(bytes);
    }

    @Override
    public void giveWay(boolean now) {
        sharing.gate().giveWay(now);
    }
}
