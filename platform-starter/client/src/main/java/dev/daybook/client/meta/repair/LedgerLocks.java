package dev.daybook.client.meta.repair;

import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.session.Stages;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.model.LedgerId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The locks by which repair workers and bookies exclude each other, as one store takes them. Thread-safe. */
final class LedgerLocks {
    private final RepairPlaces places;

    /** What callers of this store hold or try to get; a lock of our session for another ledger is a lost answer. */
    private final Set<LedgerId> ours = ConcurrentHashMap.newKeySet();

    /** Nobody knows whether these are still ours, by a call that failed; nobody else would give them back. */
    private final Set<LedgerId> doubtful = ConcurrentHashMap.newKeySet();

    LedgerLocks(RepairPlaces places) {
        this.places = places;
    }

    CompletableFuture<Optional<LedgerLock>> take(LedgerId ledger, String holder) {
        if (!ours.add(ledger)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return places.takeLock(ledger, UnderReplicationFormat.serializeHolder(holder))
                .whenComplete((got, failure) -> {
                    if (failure != null) {
                        doubtful.add(ledger);
                        ours.remove(ledger);
                    } else {
                        doubtful.remove(ledger);
                        if (!got) {
                            ours.remove(ledger);
                        }
                    }
                })
                .thenApply(got -> got ? Optional.of(() -> release(ledger)) : Optional.empty());
    }

    /** Gives back what a call that failed may have left to this session; to be called from time to time. */
    void settle() {
        for (LedgerId ledger : doubtful) {
            if (ours.add(ledger)) {
                Stages.observe(places.giveBackLock(ledger), (done, failure) -> {
                    if (failure == null) {
                        doubtful.remove(ledger);
                    }
                    ours.remove(ledger);
                });
            }
        }
    }

    private CompletableFuture<Void> release(LedgerId ledger) {
        return places.giveBackLock(ledger).whenComplete((done, failure) -> {
            if (failure != null) {
                doubtful.add(ledger);
            }
            ours.remove(ledger);
        });
    }
}
