package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.zookeeper.CreateMode;

/**
 * Empties a cluster. The layout stays, and what the reference leaves stays as well. Source: metadata specification,
 * section 6.
 */
final class ClusterFormat {
    /** Directories of ledgers in all layouts, ledgers of the flat one, and what ids are drawn from. */
    private static final Pattern LEDGERS_AND_IDS = Pattern.compile("\\d{2,4}|L\\d+|idgen|idgen-long|ID-.*");

    /** Removed at the same time; a directory of ledgers may have ten thousand. */
    private static final int AT_ONCE = 200;

    private final MetadataTree tree;

    ClusterFormat(MetadataTree tree) {
        this.tree = tree;
    }

    CompletableFuture<String> format(String instanceId) {
        String fresh = UUID.randomUUID().toString();
        return checkNobodyIsRegistered()
                .thenCompose(free -> checkInstance(instanceId))
                .thenCompose(meant -> storeInstance(fresh.getBytes(StandardCharsets.UTF_8)))
                .thenCompose(stored -> remove(MetadataTree.COOKIES))
                .thenCompose(done -> remove(RepairSkeleton.MARKS))
                .thenCompose(done -> remove(RepairSkeleton.LOCKS))
                .thenCompose(done -> remove(RecordNodes.ROOT))
                .thenCompose(done -> tree.childrenOrNone(""))
                .thenCompose(names -> removeAll(
                        "",
                        names.stream()
                                .filter(name -> LEDGERS_AND_IDS.matcher(name).matches())
                                .toList()))
                .thenApply(done -> fresh);
    }

    private CompletableFuture<Void> checkNobodyIsRegistered() {
        return tree.childrenOrNone(MetadataTree.READ_ONLY)
                .thenCombine(tree.childrenOrNone(MetadataTree.AVAILABLE), (readOnly, available) -> {
                    List<String> registered = new ArrayList<>(available);
                    registered.remove(MetadataTree.nameOf(MetadataTree.READ_ONLY));
                    registered.addAll(readOnly);
                    if (!registered.isEmpty()) {
                        throw new LedgerException(
                                Reason.METADATA_CONFLICT,
                                "The cluster is not formatted, because bookies are registered: " + registered
                                        + "; stop them first.");
                    }
                    return null;
                });
    }

    private CompletableFuture<Void> checkInstance(String expected) {
        return tree.find(MetadataTree.INSTANCE_ID).thenAccept(found -> {
            String stored = found.map(node -> new String(node.bytes(), StandardCharsets.UTF_8))
                    .orElse("");
            if (!stored.equals(expected)) {
                throw new LedgerException(
                        Reason.METADATA_CONFLICT,
                        "The cluster is not formatted, because its instance id is \"" + stored + "\", not \"" + expected
                                + "\".");
            }
        });
    }

    private CompletableFuture<Void> storeInstance(byte[] instanceId) {
        return tree.set(MetadataTree.INSTANCE_ID, instanceId, MetadataTree.ANY_VERSION)
                .thenCompose(reply -> reply.ok()
                        ? CompletableFuture.completedFuture(null)
                        : tree.create(MetadataTree.INSTANCE_ID, instanceId, CreateMode.PERSISTENT)
                                .thenAccept(created -> {
                                    if (!created.ok()) {
                                        throw tree.refused("create", MetadataTree.INSTANCE_ID, created.code());
                                    }
                                }));
    }

    private CompletableFuture<Void> remove(String path) {
        return tree.childrenOrNone(path)
                .thenCompose(names -> removeAll(path, names))
                .thenCompose(empty -> tree.deleteAny(path));
    }

    private CompletableFuture<Void> removeAll(String directory, List<String> names) {
        if (names.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        int end = Math.min(AT_ONCE, names.size());
        CompletableFuture<?>[] batch = names.subList(0, end).stream()
                .map(name -> remove(directory + "/" + name))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(batch)
                .thenCompose(removed -> removeAll(directory, names.subList(end, names.size())));
    }
}
