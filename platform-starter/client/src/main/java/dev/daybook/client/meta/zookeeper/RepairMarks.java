package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.format.LedgerPaths;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.format.UnderReplicationMark;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/** Asks repair workers to look after a ledger. Source: metadata specification, section 12.2. */
final class RepairMarks {
    private static final String LAYOUT = MetadataTree.UNDER_REPLICATION + "/LAYOUT";

    private final MetadataTree tree;
    private final LongSupplier clockMillis;

    RepairMarks(MetadataTree tree, LongSupplier clockMillis) {
        this.tree = tree;
        this.clockMillis = clockMillis;
    }

    /** Repeating it after a lost answer changes nothing. */
    CompletableFuture<Void> mark(LedgerId ledger, BookieId lost) {
        String path = LedgerPaths.underReplicated(ledger);
        byte[] bytes = bytesOf(List.of(lost));
        return tree.create(path, bytes, CreateMode.PERSISTENT).thenCompose(reply -> {
            if (reply.ok()) {
                return CompletableFuture.completedFuture(null);
            }
            if (reply.code() == Code.NODEEXISTS) {
                return append(ledger, lost);
            }
            if (reply.code() == Code.NONODE) {
                return tree.ensure(MetadataTree.parentOf(path))
                        .thenCompose(made -> layOut())
                        .thenCompose(made -> mark(ledger, lost));
            }
            throw tree.refused("create", path, reply.code());
        });
    }

    /** Every component that uses this part of the tree makes its skeleton if it is missing. */
    private CompletableFuture<Void> layOut() {
        return tree.create(LAYOUT, UnderReplicationFormat.layout(), CreateMode.PERSISTENT)
                .thenAccept(reply -> {
                    if (!reply.ok() && reply.code() != Code.NODEEXISTS) {
                        throw tree.refused("create", LAYOUT, reply.code());
                    }
                });
    }

    private CompletableFuture<Void> append(LedgerId ledger, BookieId lost) {
        String path = LedgerPaths.underReplicated(ledger);
        return tree.find(path).thenCompose(found -> {
            if (found.isEmpty()) {
                return mark(ledger, lost);
            }
            List<BookieId> missing = new ArrayList<>(missingIn(ledger, found.get()));
            if (missing.contains(lost)) {
                return CompletableFuture.completedFuture(null);
            }
            missing.add(lost);
            return tree.set(path, bytesOf(missing), found.get().stat().getVersion())
                    .thenCompose(reply -> {
                        if (reply.ok()) {
                            return CompletableFuture.completedFuture(null);
                        }
                        if (reply.code() == Code.BADVERSION || reply.code() == Code.NONODE) {
                            return append(ledger, lost);
                        }
                        throw tree.refused("write", path, reply.code());
                    });
        });
    }

    private static List<BookieId> missingIn(LedgerId ledger, MetadataTree.Node node) {
        try {
            return UnderReplicationFormat.parseMark(node.bytes()).missing();
        } catch (MalformedMetadataException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT, "The mark of ledger " + ledger + " is unreadable. " + e.getMessage(), e);
        }
    }

    private byte[] bytesOf(List<BookieId> missing) {
        return UnderReplicationFormat.serializeMark(
                new UnderReplicationMark(missing, OptionalLong.of(clockMillis.getAsLong())));
    }
}
