package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.RepairChange;
import dev.daybook.client.meta.repair.RepairChange.Expected;
import dev.daybook.client.meta.repair.RepairChange.Outcome;
import dev.daybook.client.meta.repair.RepairPlace;
import dev.daybook.client.meta.repair.RepairPlaces;
import dev.daybook.protocol.format.LedgerPaths;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;

/**
 * What repair keeps in ZooKeeper. A version is the number of the transaction that wrote the node last, because a node's own
 * version begins anew when it is made again. Source: metadata specification, section 12.
 */
final class RepairNodes implements RepairPlaces {
    private static final int MARK_DIRECTORIES = 4;

    private final MetadataTree tree;
    private final RepairSkeleton skeleton;
    private final MarkListing listing;

    RepairNodes(MetadataTree tree, RepairSkeleton skeleton) {
        this.tree = tree;
        this.skeleton = skeleton;
        this.listing = new MarkListing(tree);
    }

    private static Versioned<byte[]> parse(MetadataTree.Node node) {
        return new Versioned<>(node.bytes(), node.stat().getMzxid());
    }

    @Override
    public CompletableFuture<Optional<Versioned<byte[]>>> read(RepairPlace place) {
        return tree.find(RepairSkeleton.path(place)).thenApply(found -> found.map(RepairNodes::parse));
    }

    @Override
    public CompletableFuture<Outcome> change(RepairChange change) {
        return skeleton.ensure().thenCompose(ready -> attempt(change));
    }

    private CompletableFuture<Outcome> attempt(RepairChange change) {
        String path = RepairSkeleton.path(change.place());
        if (change.expected() instanceof Expected.Nothing) {
            return write(change, tree.opCreate(path, bytes(change)));
        }
        return tree.find(path).thenCompose(found -> {
            if (found.isEmpty()) {
                return change.expected() instanceof Expected.Anything
                                && change.bytes().isPresent()
                        ? write(change, tree.opCreate(path, bytes(change)))
                        : CompletableFuture.completedFuture(Outcome.CONFLICT);
            }
            if (change.expected() instanceof Expected.Version expected
                    && expected.version() != found.get().stat().getMzxid()) {
                return CompletableFuture.completedFuture(Outcome.CONFLICT);
            }
            int version = found.get().stat().getVersion();
            return write(
                    change,
                    change.bytes()
                            .map(bytes -> tree.opSet(path, bytes, version))
                            .orElseGet(() -> tree.opDelete(path, version)));
        });
    }

    private static byte[] bytes(RepairChange change) {
        return change.bytes().orElseThrow();
    }

    /** The check of the vote comes first, so that it decides what is answered. */
    private CompletableFuture<Outcome> write(RepairChange change, Op operation) {
        List<Op> operations = new ArrayList<>();
        change.term().ifPresent(vote -> operations.add(tree.opCheck(vote.place())));
        operations.add(operation);
        return tree.commit(operations).thenCompose(reply -> settle(change, reply));
    }

    private CompletableFuture<Outcome> settle(RepairChange change, Reply<List<OpResult>> reply) {
        String path = RepairSkeleton.path(change.place());
        if (reply.ok()) {
            return change.bytes().isEmpty() && change.place() instanceof RepairPlace.Mark
                    ? prune(MetadataTree.parentOf(path), MARK_DIRECTORIES)
                    : CompletableFuture.completedFuture(Outcome.CHANGED);
        }
        return switch (reply.code()) {
            case NONODE -> afterNoNode(change, path);
            case NODEEXISTS, BADVERSION ->
                change.expected() instanceof Expected.Anything
                        ? attempt(change)
                        : CompletableFuture.completedFuture(reply.repeated() ? Outcome.UNKNOWN : Outcome.CONFLICT);
            default -> throw tree.refused("write", path, reply.code());
        };
    }

    /** The vote, the node or a directory above it is missing. */
    private CompletableFuture<Outcome> afterNoNode(RepairChange change, String path) {
        CompletableFuture<Boolean> inOffice = change.term().isPresent()
                ? tree.exists(change.term().get().place())
                : CompletableFuture.completedFuture(true);
        return inOffice.thenCompose(stands -> {
            if (!stands) {
                return CompletableFuture.completedFuture(Outcome.TERM_OVER);
            }
            return change.bytes().isEmpty()
                    ? CompletableFuture.completedFuture(Outcome.UNKNOWN)
                    : skeleton.ensure(MetadataTree.parentOf(path)).thenCompose(made -> attempt(change));
        });
    }

    /** Removes empty directories upward. One left behind is harmless, so no answer is a failure. */
    private CompletableFuture<Outcome> prune(String directory, int levels) {
        if (levels == 0) {
            return CompletableFuture.completedFuture(Outcome.CHANGED);
        }
        return tree.delete(directory, MetadataTree.ANY_VERSION)
                .handle((reply, failure) -> reply != null && reply.ok())
                .thenCompose(gone -> prune(MetadataTree.parentOf(directory), gone ? levels - 1 : 0));
    }

    @Override
    public Subscription watch(RepairPlace place, Consumer<Optional<Versioned<byte[]>>> listener) {
        return new NodeWatch<>(tree, RepairSkeleton.path(place), RepairNodes::parse, listener).start();
    }

    @Override
    public CompletableFuture<SortedMap<LedgerId, byte[]>> marks(Optional<LedgerId> after, int limit) {
        return listing.page(after, limit);
    }

    @Override
    public Subscription watchMarks(Runnable listener) {
        return new MarksWatch(tree, listener).start();
    }

    @Override
    public CompletableFuture<Boolean> takeLock(LedgerId ledger, byte[] holder) {
        return skeleton.ensure().thenCompose(ready -> createLock(ledger, holder));
    }

    private CompletableFuture<Boolean> createLock(LedgerId ledger, byte[] holder) {
        String path = LedgerPaths.lock(ledger);
        return tree.create(path, holder, CreateMode.EPHEMERAL).thenCompose(reply -> {
            if (reply.ok()) {
                return CompletableFuture.completedFuture(true);
            }
            if (reply.code() == Code.NODEEXISTS) {
                return isOurs(path);
            }
            if (reply.code() == Code.NONODE) {
                return skeleton.ensure(RepairSkeleton.LOCKS).thenCompose(made -> createLock(ledger, holder));
            }
            throw tree.refused("create", path, reply.code());
        });
    }

    private CompletableFuture<Boolean> isOurs(String path) {
        return tree.exists(path, null).thenApply(reply -> reply.ok() && tree.isOurs(reply.get()));
    }

    @Override
    public CompletableFuture<Void> giveBackLock(LedgerId ledger) {
        String path = LedgerPaths.lock(ledger);
        return isOurs(path).thenCompose(ours -> ours ? tree.deleteAny(path) : CompletableFuture.completedFuture(null));
    }

    @Override
    public CompletableFuture<SortedMap<LedgerId, byte[]>> locks() {
        return below(RepairSkeleton.LOCKS, LedgerPaths::markedLedger);
    }

    @Override
    public CompletableFuture<Void> post(String name, byte[] notice) {
        String path = RepairSkeleton.NOTICES + "/" + name;
        return tree.set(path, notice, MetadataTree.ANY_VERSION).thenCompose(reply -> {
            if (reply.ok()) {
                return CompletableFuture.completedFuture(null);
            }
            if (reply.code() == Code.NONODE) {
                return skeleton.ensure(RepairSkeleton.NOTICES).thenCompose(made -> create(path, notice));
            }
            throw tree.refused("write", path, reply.code());
        });
    }

    private CompletableFuture<Void> create(String path, byte[] notice) {
        return tree.create(path, notice, CreateMode.EPHEMERAL).thenAccept(reply -> {
            if (!reply.ok() && reply.code() != Code.NODEEXISTS) {
                throw tree.refused("create", path, reply.code());
            }
        });
    }

    @Override
    public CompletableFuture<SortedMap<String, byte[]>> notices() {
        return below(RepairSkeleton.NOTICES, Optional::of);
    }

    /** The bytes of all children whose name means something; those that go meanwhile are left out. */
    private <K extends Comparable<K>> CompletableFuture<SortedMap<K, byte[]>> below(
            String directory, Function<String, Optional<K>> meaning) {
        return tree.childrenOrNone(directory).thenCompose(names -> {
            SortedMap<K, byte[]> values = new TreeMap<>();
            CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
            for (String name : names) {
                Optional<K> key = meaning.apply(name);
                if (key.isPresent()) {
                    done = done.thenCombine(tree.find(directory + "/" + name), (before, found) -> {
                        found.ifPresent(node -> values.put(key.get(), node.bytes()));
                        return null;
                    });
                }
            }
            return done.thenApply(all -> values);
        });
    }
}
