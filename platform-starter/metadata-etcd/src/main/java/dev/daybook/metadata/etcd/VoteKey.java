package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.Ballot;
import dev.daybook.client.meta.repair.Election.Vote;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.model.Versioned;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A candidate's vote: a key on the lease of the process. The one that was created first wins. */
final class VoteKey implements Ballot {
    private final Keyspace keyspace;
    private final LeasedKeys leased;
    private final String key;
    private final byte[] bytes;

    /** The key is nobody else's, so that a vote of which only the answer was lost is found again. */
    VoteKey(Keyspace keyspace, String candidate) {
        this.keyspace = keyspace;
        this.leased = new LeasedKeys(keyspace);
        this.key = keyspace.keys().vote(UUID.randomUUID());
        this.bytes = UnderReplicationFormat.serializeHolder(candidate);
    }

    static CompletableFuture<Optional<byte[]>> winner(Keyspace keyspace) {
        return keyspace.session()
                .withPublicFailures(votes(keyspace, 1)
                        .thenApply(votes -> votes.stream()
                                .findFirst()
                                .map(vote -> vote.getValue().toByteArray())));
    }

    /** In the order in which they were cast; a limit of 0 is none. */
    private static CompletableFuture<List<KeyValue>> votes(Keyspace keyspace, int limit) {
        return keyspace.range(RangeRequest.newBuilder()
                        .setKey(Keyspace.bytes(keyspace.keys().votes()))
                        .setRangeEnd(Keyspace.endOf(keyspace.keys().votes()))
                        .setSortTarget(RangeRequest.SortTarget.CREATE)
                        .setSortOrder(RangeRequest.SortOrder.ASCEND)
                        .setLimit(limit)
                        .build())
                .thenApply(RangeResponse::getKvsList);
    }

    @Override
    public CompletableFuture<Standing> stand() {
        return leased.take(key, bytes).thenCompose(ours -> votes(keyspace, 0)).thenCompose(votes -> {
            Optional<String> before = Optional.empty();
            for (KeyValue vote : votes) {
                if (Keyspace.text(vote).equals(key)) {
                    return CompletableFuture.completedFuture(
                            new Standing(new Vote(key, vote.getCreateRevision()), before));
                }
                before = Optional.of(Keyspace.text(vote));
            }
            return stand(); // The lease has ended just now.
        });
    }

    @Override
    public Subscription watch(String place, Runnable gone) {
        return KeyWatch.start(keyspace, place, vote -> new Versioned<>(place, vote.getModRevision()), found -> {
            if (found.isEmpty()) {
                gone.run();
            }
        });
    }

    @Override
    public CompletableFuture<Void> withdraw() {
        return leased.giveBack(key);
    }
}
