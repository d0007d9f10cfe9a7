package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.Ballot;
import dev.daybook.client.meta.repair.Election.Vote;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/** The votes of the auditor's election. Source: metadata specification, section 12.3. */
final class VoteNodes implements Ballot {
    private static final String PREFIX = "V_";
    private static final String NAME = PREFIX + "\\d{10}";

    /** A vote as it stands. */
    private record Stored(String path, MetadataTree.Node node) {
        long number() {
            return Long.parseLong(MetadataTree.nameOf(path).substring(PREFIX.length()));
        }
    }

    private final MetadataTree tree;
    private final RepairSkeleton skeleton;
    private final byte[] bytes;

    VoteNodes(MetadataTree tree, RepairSkeleton skeleton, String candidate) {
        this.tree = tree;
        this.skeleton = skeleton;
        this.bytes = UnderReplicationFormat.serializeHolder(candidate);
    }

    /** The lowest vote wins; the data of the votes' parent may name a dead auditor. */
    static CompletableFuture<Optional<byte[]>> winner(MetadataTree tree) {
        return votes(tree)
                .thenApply(votes ->
                        votes.stream().findFirst().map(vote -> vote.node().bytes()));
    }

    /** In the order in which they were cast. */
    private static CompletableFuture<List<Stored>> votes(MetadataTree tree) {
        return tree.childrenOrNone(RepairSkeleton.VOTES).thenCompose(names -> {
            List<Stored> votes = new ArrayList<>();
            CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
            for (String name : names) {
                if (name.matches(NAME)) {
                    String path = RepairSkeleton.VOTES + "/" + name;
                    done = done.thenCombine(tree.find(path), (before, found) -> {
                        found.ifPresent(node -> votes.add(new Stored(path, node)));
                        return null;
                    });
                }
            }
            return done.thenApply(all -> List.copyOf(votes));
        });
    }

    /** Votes of which only the answer was lost are found again, not cast twice. */
    @Override
    public CompletableFuture<Standing> stand() {
        return skeleton.ensure().thenCompose(ready -> votes(tree)).thenCompose(votes -> {
            int own = 0;
            while (own < votes.size() && !tree.isOurs(votes.get(own).node().stat())) {
                own++;
            }
            return own == votes.size() ? cast() : standing(votes, own);
        });
    }

    private CompletableFuture<Standing> cast() {
        String path = RepairSkeleton.VOTES + "/" + PREFIX;
        return tree.create(path, bytes, CreateMode.EPHEMERAL_SEQUENTIAL).thenCompose(reply -> {
            if (reply.ok()) {
                return stand();
            }
            if (reply.code() == Code.NONODE) {
                return skeleton.ensure(RepairSkeleton.VOTES).thenCompose(made -> cast());
            }
            throw tree.refused("create", path, reply.code());
        });
    }

    private CompletableFuture<Standing> standing(List<Stored> votes, int own) {
        Stored ours = votes.get(own);
        Vote vote = new Vote(ours.path(), ours.number());
        CompletableFuture<Boolean> stands = own == 0 ? announce(vote) : CompletableFuture.completedFuture(true);
        return removeOwn(votes.subList(own + 1, votes.size()))
                .thenCombine(stands, (done, standing) -> standing)
                .thenCompose(standing -> standing
                        ? CompletableFuture.completedFuture(new Standing(
                                vote,
                                own == 0
                                        ? Optional.empty()
                                        : Optional.of(votes.get(own - 1).path())))
                        : stand());
    }

    /** Others may look at the votes' parent to see who won. */
    private CompletableFuture<Boolean> announce(Vote vote) {
        return tree.commit(List.of(
                        tree.opCheck(vote.place()), tree.opSet(RepairSkeleton.VOTES, bytes, MetadataTree.ANY_VERSION)))
                .thenApply(reply -> {
                    if (!reply.ok() && reply.code() != Code.NONODE) {
                        throw tree.refused("write", RepairSkeleton.VOTES, reply.code());
                    }
                    return reply.ok();
                });
    }

    private CompletableFuture<Void> removeOwn(List<Stored> votes) {
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (Stored vote : votes) {
            if (tree.isOurs(vote.node().stat())) {
                done = done.thenCompose(before -> tree.deleteAny(vote.path()));
            }
        }
        return done;
    }

    @Override
    public Subscription watch(String place, Runnable gone) {
        return new NodeWatch<>(
                        tree, place, node -> new Versioned<>(place, node.stat().getVersion()), found -> {
                            if (found.isEmpty()) {
                                gone.run();
                            }
                        })
                .start();
    }

    @Override
    public CompletableFuture<Void> withdraw() {
        return votes(tree).thenCompose(this::removeOwn);
    }
}
