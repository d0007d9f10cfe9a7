package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.OpResult.SetDataResult;
import org.jspecify.annotations.Nullable;

/** Records in ZooKeeper, in a subtree of their own that other implementations leave alone. */
final class ZooKeeperRecords implements RecordStore {
    private final MetadataTree tree;

    ZooKeeperRecords(MetadataTree tree) {
        this.tree = tree;
    }

    /** A server that lags behind must not answer: a reader would take an old list for the present one. */
    @Override
    public CompletionStage<Optional<Versioned<byte[]>>> read(RecordKey key) {
        return tree.sync()
                .thenCompose(synced -> tree.find(RecordNodes.path(key)))
                .thenApply(found -> found.map(node -> RecordNodes.parse(key, node)));
    }

    @Override
    public CompletionStage<CommitOutcome> commit(List<RecordChange> changes) {
        RecordStore.checkChanges(changes);
        return new Commit(changes).attempt(false);
    }

    /** One commit; a creation may have to make its directories first. */
    private final class Commit {
        private final List<RecordChange> changes;
        private final List<Op> operations = new ArrayList<>();

        /** The version that a change will lead to, by the index of the operation that tells its number. */
        private final Map<Integer, Next> results = new HashMap<>();

        private record Next(RecordKey key, int birth) {}

        Commit(List<RecordChange> changes) {
            this.changes = List.copyOf(changes);
            this.changes.forEach(this::add);
        }

        private void add(RecordChange change) {
            RecordKey key = change.key();
            String path = RecordNodes.path(key);
            if (change instanceof RecordChange.Create create) {
                int birth = ThreadLocalRandom.current().nextInt();
                results.put(operations.size(), new Next(key, birth));
                operations.add(tree.opCreate(path, RecordNodes.bytes(birth, create.value())));
                operations.add(tree.opCreate(RecordNodes.birthPath(key, birth), new byte[0]));
            } else if (change instanceof RecordChange.Swap swap) {
                int birth = RecordNodes.birthOf(swap.expectedVersion());
                int version = RecordNodes.dataVersionOf(swap.expectedVersion());
                operations.add(tree.opCheck(RecordNodes.birthPath(key, birth)));
                results.put(operations.size(), new Next(key, birth));
                operations.add(tree.opSet(path, RecordNodes.bytes(birth, swap.value()), version));
            } else if (change instanceof RecordChange.Delete delete) {
                int birth = RecordNodes.birthOf(delete.expectedVersion());
                operations.add(tree.opDelete(RecordNodes.birthPath(key, birth), MetadataTree.ANY_VERSION));
                operations.add(tree.opDelete(path, RecordNodes.dataVersionOf(delete.expectedVersion())));
            }
        }

        CompletableFuture<CommitOutcome> attempt(boolean directoriesExist) {
            return tree.commit(operations).handle(Outcome::new).thenCompose(outcome -> {
                Reply<List<OpResult>> reply = outcome.reply();
                if (reply == null) {
                    return CompletableFuture.completedFuture(unknownOrFail(outcome.failure()));
                }
                if (reply.code() == Code.NONODE
                        && !directoriesExist
                        && !directories().isEmpty()) {
                    return ensureDirectories().thenCompose(done -> attempt(true));
                }
                return CompletableFuture.completedFuture(outcomeOf(reply));
            });
        }

        private record Outcome(
                @Nullable Reply<List<OpResult>> reply,
                @Nullable Throwable failure) {}

        private List<String> directories() {
            return changes.stream()
                    .filter(change -> change instanceof RecordChange.Create)
                    .map(change -> RecordNodes.bucketPath(change.key()))
                    .distinct()
                    .toList();
        }

        private CompletableFuture<Void> ensureDirectories() {
            CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
            for (String directory : directories()) {
                done = done.thenCompose(previous -> tree.ensure(directory));
            }
            return done;
        }

        private CommitOutcome outcomeOf(Reply<List<OpResult>> reply) {
            if (reply.ok()) {
                return committed(reply.get());
            }
            if (reply.code() == Code.NODEEXISTS || reply.code() == Code.BADVERSION || reply.code() == Code.NONODE) {
                return reply.repeated() ? new CommitOutcome.Unknown() : new CommitOutcome.Conflict();
            }
            throw tree.refused("commit", RecordNodes.path(changes.get(0).key()), reply.code());
        }

        private CommitOutcome committed(List<OpResult> done) {
            Map<RecordKey, Long> versions = new HashMap<>();
            results.forEach((index, next) -> {
                int number = done.get(index) instanceof SetDataResult set
                        ? set.getStat().getVersion()
                        : 0;
                versions.put(next.key(), RecordNodes.version(next.birth(), number));
            });
            return new CommitOutcome.Committed(versions);
        }

        /** Nothing but the deadline ends without an answer, and then an attempt may still be under way. */
        private static CommitOutcome unknownOrFail(@Nullable Throwable failure) {
            if (failure instanceof LedgerException ledgerFailure
                    && ledgerFailure.reason() == Reason.METADATA_UNAVAILABLE) {
                return new CommitOutcome.Unknown();
            }
            throw new CompletionException(failure);
        }
    }

    /** Reads the names of all directories of the namespace, which are at most 256 answers. */
    @Override
    public CompletionStage<List<String>> list(String namespace, String prefix, Optional<String> after, int limit) {
        String start = RecordNodes.namespacePath(namespace);
        List<String> names = new ArrayList<>();
        return tree.sync()
                .thenCompose(synced -> tree.childrenOrNone(start))
                .thenCompose(buckets -> {
                    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
                    for (String bucket : buckets) {
                        CompletableFuture<List<String>> children = tree.childrenOrNone(start + "/" + bucket);
                        done = done.thenCombine(children, (previous, found) -> {
                            found.forEach(child -> RecordNodes.decode(child)
                                    .filter(name -> name.startsWith(prefix))
                                    .filter(name -> after.isEmpty() || RecordKey.compareNames(name, after.get()) > 0)
                                    .ifPresent(names::add));
                            return null;
                        });
                    }
                    return done;
                })
                .thenApply(done -> names.stream()
                        .sorted(RecordKey::compareNames)
                        .limit(Math.max(0, limit))
                        .toList());
    }

    @Override
    public Subscription watch(RecordKey key, Consumer<Optional<Versioned<byte[]>>> listener) {
        return new NodeWatch<>(tree, RecordNodes.path(key), node -> RecordNodes.parse(key, node), listener).start();
    }
}
