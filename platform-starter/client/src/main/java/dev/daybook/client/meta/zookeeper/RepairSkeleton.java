package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.repair.RepairPlace;
import dev.daybook.protocol.format.LedgerPaths;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.format.UnderReplicationFormat;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * The nodes above everything that repair leaves, which each component makes when it first writes there. Source: metadata
 * specification, section 12.
 */
final class RepairSkeleton {
    static final String MARKS = MetadataTree.UNDER_REPLICATION + "/ledgers";
    static final String LOCKS = MetadataTree.UNDER_REPLICATION + "/locks";
    /** Ours alone: the reference never lists the children of its parent. */
    static final String NOTICES = MetadataTree.UNDER_REPLICATION + "/workers";

    static final String VOTES = MetadataTree.UNDER_REPLICATION + "/auditorelection";
    private static final String LAYOUT = MetadataTree.UNDER_REPLICATION + "/LAYOUT";

    private final MetadataTree tree;
    private volatile @Nullable CompletableFuture<Void> made;

    RepairSkeleton(MetadataTree tree) {
        this.tree = tree;
    }

    static String path(RepairPlace place) {
        if (place instanceof RepairPlace.Mark mark) {
            return LedgerPaths.underReplicated(mark.ledger());
        }
        return MetadataTree.UNDER_REPLICATION + "/" + ((RepairPlace.Single) place).placeName();
    }

    /** Makes sure, once, that the skeleton exists and that its layout is ours. */
    CompletableFuture<Void> ensure() {
        CompletableFuture<Void> present = made;
        if (present == null || present.isCompletedExceptionally()) {
            present = ensure(MARKS).thenCompose(done -> tree.ensure(LOCKS));
            made = present;
        }
        return present;
    }

    /** Makes a directory, after somebody has removed it or the whole skeleton. */
    CompletableFuture<Void> ensure(String directory) {
        return tree.ensure(MetadataTree.UNDER_REPLICATION)
                .thenCompose(done -> layOut())
                .thenCompose(done -> tree.ensure(directory));
    }

    private CompletableFuture<Void> layOut() {
        return tree.create(LAYOUT, UnderReplicationFormat.layout(), CreateMode.PERSISTENT)
                .thenCompose(reply -> {
                    if (reply.ok()) {
                        return CompletableFuture.completedFuture(null);
                    }
                    if (reply.code() == Code.NODEEXISTS) {
                        return tree.find(LAYOUT).thenAccept(found -> found.ifPresent(RepairSkeleton::check));
                    }
                    throw tree.refused("create", LAYOUT, reply.code());
                });
    }

    private static void check(MetadataTree.Node layout) {
        try {
            UnderReplicationFormat.checkLayout(layout.bytes());
        } catch (MalformedMetadataException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT, "The marks of ledgers cannot be used. " + e.getMessage(), e);
        }
    }
}
