package dev.daybook.client.meta.memory;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.Election;
import dev.daybook.protocol.format.UnderReplicationFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The election of the auditor among the stores of a cluster in the heap. */
final class InMemoryElection implements Election {
    private final InMemoryMetadataStore store;
    private final InMemoryCluster cluster;

    InMemoryElection(InMemoryMetadataStore store, InMemoryCluster cluster) {
        this.store = store;
        this.cluster = cluster;
    }

    @Override
    public Subscription stand(String candidate, VoteListener listener) {
        InMemoryMetadataStore.Silenced<Runnable> gate = store.new Silenced<>(Runnable::run);
        VoteListener gated = new VoteListener() {
            @Override
            public void elected(Vote vote) {
                gate.accept(() -> listener.elected(vote));
            }

            @Override
            public void ended() {
                gate.accept(listener::ended);
            }
        };
        var unused = store.locked(() -> {
            if (cluster.repair.stands(store)) {
                throw new IllegalStateException("a store stands for election once at a time");
            }
            cluster.repair.cast(store, UnderReplicationFormat.serializeHolder(candidate), gated);
            return candidate;
        });
        return () -> {
            gate.silent = true;
            synchronized (cluster) {
                cluster.repair.withdraw(gated);
            }
            cluster.deliveries.drain();
        };
    }

    @Override
    public CompletableFuture<Optional<byte[]>> winner() {
        return store.locked(() -> cluster.repair.winner().map(RepairState.Cast::bytes))
                .toCompletableFuture();
    }
}
