package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.model.LedgerId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The locks by which repair workers and bookies exclude each other. They hang on the lease of their holder. */
final class RepairLocks {
    private final Keyspace keyspace;
    private final LeasedKeys leased;

    /** What callers of this store hold or try to get; a key of ours for another ledger is a lost answer. */
    private final Set<LedgerId> ours = ConcurrentHashMap.newKeySet();

    RepairLocks(Keyspace keyspace) {
        this.keyspace = keyspace;
        this.leased = new LeasedKeys(keyspace);
    }

    CompletableFuture<Optional<LedgerLock>> take(LedgerId ledger, String holder) {
        if (!ours.add(ledger)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Boolean> taken =
                leased.take(keyspace.keys().lock(ledger), UnderReplicationFormat.serializeHolder(holder));
        return taken.whenComplete((got, failure) -> {
                    if (failure != null || !got) {
                        ours.remove(ledger);
                    }
                })
                .thenApply(got -> got ? Optional.of(() -> release(ledger)) : Optional.empty());
    }

    private CompletionStage<Void> release(LedgerId ledger) {
        CompletableFuture<Void> released = leased.giveBack(keyspace.keys().lock(ledger));
        return keyspace.session().withPublicFailures(released.whenComplete((done, failure) -> ours.remove(ledger)));
    }
}
