package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.format.LayoutFormat;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.model.LedgerLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/** Finds or makes the nodes without which a cluster is none. Source: metadata specification, sections 2, 4 and 6. */
final class ClusterSetup {
    private final MetadataTree tree;
    private final MetadataUri uri;

    ClusterSetup(MetadataTree tree) {
        this.tree = tree;
        this.uri = tree.session().uri();
    }

    /** Checks that the cluster exists and fits the URI, and completes what its first user has to create. */
    CompletableFuture<LedgerLayout> open() {
        return tree.exists("")
                .thenCompose(exists -> {
                    if (!exists) {
                        throw new LedgerException(
                                Reason.METADATA_UNAVAILABLE,
                                "The metadata service has no cluster at " + uri + "; run the cluster initialisation,"
                                        + " or correct the path in daybook.metadata-uri.");
                    }
                    return layout();
                })
                .thenApply(this::agreed)
                .thenCompose(layout -> ensureReadOnly().thenApply(done -> layout));
    }

    /** Of two first users the later one finds the other's choice and is bound to it. */
    private CompletableFuture<LedgerLayout> layout() {
        return tree.find(MetadataTree.LAYOUT).thenCompose(found -> {
            if (found.isPresent()) {
                return CompletableFuture.completedFuture(parse(found.get().bytes()));
            }
            LedgerLayout own = uri.layout().orElse(LedgerLayout.HIERARCHICAL);
            return createLayout(own)
                    .thenCompose(created -> created ? CompletableFuture.completedFuture(own) : layout());
        });
    }

    private CompletableFuture<Boolean> createLayout(LedgerLayout layout) {
        return tree.create(MetadataTree.LAYOUT, LayoutFormat.serialize(layout), CreateMode.PERSISTENT)
                .thenApply(reply -> {
                    if (reply.ok() || reply.code() == Code.NODEEXISTS) {
                        return reply.ok();
                    }
                    throw tree.refused("create", MetadataTree.LAYOUT, reply.code());
                });
    }

    private LedgerLayout parse(byte[] bytes) {
        try {
            return LayoutFormat.parse(bytes);
        } catch (MalformedMetadataException e) {
            throw new LedgerException(Reason.METADATA_CORRUPT, e.getMessage() + " The cluster is " + uri + ".", e);
        }
    }

    private LedgerLayout agreed(LedgerLayout stored) {
        if (uri.layout().isPresent() && uri.layout().get() != stored) {
            throw new LedgerException(
                    Reason.BAD_ARGUMENT,
                    "The cluster at " + uri + " has the ledger layout " + stored
                            + ", not the one that daybook.metadata-uri asks for; write zk://... without a layout to"
                            + " take the cluster's.");
        }
        return stored;
    }

    /** Whatever prevents it is ignored, as the peer does: reading works without the node. */
    private CompletableFuture<Void> ensureReadOnly() {
        return tree.create(MetadataTree.READ_ONLY, new byte[0], CreateMode.PERSISTENT)
                .thenApply(reply -> null);
    }

    /**
     * Creates the cluster unless its root exists. The nodes appear together or not at all; LAYOUT follows, and the
     * first user makes up for it if this process dies in between.
     */
    CompletableFuture<Boolean> initialise() {
        return tree.exists("").thenCompose(exists -> exists ? CompletableFuture.completedFuture(false) : create());
    }

    private CompletableFuture<Boolean> create() {
        byte[] instanceId = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        List<MetadataTree.NewNode> nodes = List.of(
                MetadataTree.NewNode.empty(""),
                MetadataTree.NewNode.empty(MetadataTree.AVAILABLE),
                MetadataTree.NewNode.empty(MetadataTree.READ_ONLY),
                new MetadataTree.NewNode(MetadataTree.INSTANCE_ID, instanceId));
        return ensureParentsOfRoot().thenCompose(done -> tree.createAll(nodes)).thenCompose(reply -> {
            if (reply.ok() || reply.code() == Code.NODEEXISTS) {
                LedgerLayout layout = uri.layout().orElse(LedgerLayout.HIERARCHICAL);
                return createLayout(layout).thenCompose(created -> createdHere(reply.ok(), instanceId));
            }
            throw tree.refused("create", "", reply.code());
        });
    }

    /** After a lost answer only the instance id tells whose attempt made the cluster. */
    private CompletableFuture<Boolean> createdHere(boolean acknowledged, byte[] instanceId) {
        if (acknowledged) {
            return CompletableFuture.completedFuture(true);
        }
        return tree.find(MetadataTree.INSTANCE_ID)
                .thenApply(
                        found -> found.isPresent() && Arrays.equals(found.get().bytes(), instanceId));
    }

    private CompletableFuture<Void> ensureParentsOfRoot() {
        String root = uri.root();
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (int slash = root.indexOf('/', 1); slash > 0; slash = root.indexOf('/', slash + 1)) {
            String parent = root.substring(0, slash);
            done = done.thenCompose(previous -> tree.createAbsolute(parent)).thenApply(reply -> null);
        }
        return done;
    }
}
