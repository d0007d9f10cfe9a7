package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.protocol.format.LedgerPaths;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.model.LedgerId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * The ephemeral locks by which repair workers and bookies exclude each other. Source: metadata specification, section
 * 12.2.
 */
final class RepairLocks {
    private final MetadataTree tree;

    /** What callers of this store hold or try to get; a node of our session for another ledger is a lost answer. */
    private final Set<LedgerId> ours = ConcurrentHashMap.newKeySet();

    RepairLocks(MetadataTree tree) {
        this.tree = tree;
    }

    CompletableFuture<Optional<LedgerLock>> take(LedgerId ledger, String holder) {
        if (!ours.add(ledger)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Boolean> taken = create(ledger, UnderReplicationFormat.serializeHolder(holder));
        return taken.whenComplete((got, failure) -> {
                    if (failure != null || !got) {
                        ours.remove(ledger);
                    }
                })
                .thenApply(got -> got ? Optional.of(() -> release(ledger)) : Optional.empty());
    }

    private CompletableFuture<Boolean> create(LedgerId ledger, byte[] holder) {
        String path = LedgerPaths.lock(ledger);
        return tree.create(path, holder, CreateMode.EPHEMERAL).thenCompose(reply -> {
            if (reply.ok()) {
                return CompletableFuture.completedFuture(true);
            }
            if (reply.code() == Code.NODEEXISTS) {
                return isOwn(path);
            }
            if (reply.code() == Code.NONODE) {
                return tree.ensure(MetadataTree.parentOf(path)).thenCompose(made -> create(ledger, holder));
            }
            throw tree.refused("create", path, reply.code());
        });
    }

    private CompletableFuture<Boolean> isOwn(String path) {
        return tree.exists(path, null)
                .thenApply(reply -> reply.ok()
                        && reply.get().getEphemeralOwner()
                                == tree.session().zooKeeper().getSessionId());
    }

    private CompletableFuture<Void> release(LedgerId ledger) {
        String path = LedgerPaths.lock(ledger);
        CompletableFuture<Void> released = isOwn(path).thenCompose(own -> {
            if (!own) {
                return CompletableFuture.completedFuture(null);
            }
            return tree.delete(path, MetadataTree.ANY_VERSION).thenAccept(reply -> {
                if (!reply.ok() && reply.code() != Code.NONODE) {
                    throw tree.refused("delete", path, reply.code());
                }
            });
        });
        return released.whenComplete((done, failure) -> ours.remove(ledger));
    }
}
