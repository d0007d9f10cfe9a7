package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerLayout;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * Draws ledger ids from ZooKeeper's counters of sequential nodes: 31 bits first, 63 bits once the cluster has switched.
 * Source: metadata specification, section 9.
 */
final class LedgerIds {
    private static final String SHORT_COUNTER = "/idgen";
    private static final String LONG_COUNTER = "/idgen-long";
    private static final String NUMBER = "/ID-";
    private static final String HIGH_PREFIX = "HOB-";
    private static final int HIGH_NODES_KEPT = 3;

    /**
     * The number at which a counter is used up, in both generators: it is no valid short id, and ZooKeeper's counter may
     * stand still there, so that it would be drawn again and again.
     */
    private static final long COUNTER_END = Integer.MAX_VALUE;

    /** What a counter without further numbers yields. */
    private static final long OVERFLOWN = -1;

    private final MetadataTree tree;
    private final LedgerLayout layout;

    /** Set once the cluster is known to draw long ids; it never goes back. */
    private volatile boolean longIds;

    /** Whether the cluster was asked at all; until then the short counter must not be touched. */
    private volatile boolean asked;

    LedgerIds(MetadataTree tree, LedgerLayout layout) {
        this.tree = tree;
        this.layout = layout;
    }

    CompletableFuture<LedgerId> next() {
        if (layout == LedgerLayout.FLAT || layout == LedgerLayout.LEGACY_HIERARCHICAL) {
            return nextShort().thenApply(id -> id.orElseThrow(LedgerIds::exhausted));
        }
        if (longIds) {
            return nextLong();
        }
        if (!asked) {
            return tree.exists(LONG_COUNTER).thenCompose(exists -> {
                longIds = exists; // Before the other flag: who sees that one must see this one.
                asked = true;
                return next();
            });
        }
        return nextShort()
                .thenCompose(id -> id.isPresent() ? CompletableFuture.completedFuture(id.get()) : switchToLong());
    }

    private CompletableFuture<LedgerId> switchToLong() {
        return tree.ensure(LONG_COUNTER).thenCompose(done -> {
            longIds = true;
            return nextLong();
        });
    }

    /** The flat layout counts below the root itself, where other nodes move the counter too. */
    private CompletableFuture<Optional<LedgerId>> nextShort() {
        String counter = layout == LedgerLayout.FLAT ? "" : SHORT_COUNTER;
        return draw(counter).thenCompose(number -> {
            if (number.isPresent()) {
                return CompletableFuture.completedFuture(
                        number.filter(LedgerIds::isUsable).map(LedgerId::new));
            }
            if (counter.isEmpty()) {
                throw tree.refused("create", NUMBER, Code.NONODE);
            }
            return tree.ensure(counter).thenCompose(done -> nextShort());
        });
    }

    private CompletableFuture<LedgerId> nextLong() {
        return tree.childrenOrNone(LONG_COUNTER).thenCompose(names -> {
            List<Long> highs = names.stream()
                    .filter(name -> name.matches(HIGH_PREFIX + "\\d{1,10}"))
                    .map(name -> Long.parseLong(name.substring(HIGH_PREFIX.length())))
                    .sorted()
                    .toList();
            if (highs.isEmpty()) {
                return tree.ensure(highNode(1)).thenCompose(done -> nextLong());
            }
            return nextBelow(highs.get(highs.size() - 1));
        });
    }

    private CompletableFuture<LedgerId> nextBelow(long high) {
        return draw(highNode(high)).thenCompose(low -> {
            if (low.isPresent() && isUsable(low.get())) {
                return CompletableFuture.completedFuture(new LedgerId((high << Integer.SIZE) | low.get()));
            }
            if (low.isPresent()) {
                return tree.ensure(highNode(high + 1))
                        .thenCompose(done -> forget(high + 1 - HIGH_NODES_KEPT))
                        .thenCompose(done -> nextLong());
            }
            return nextLong(); // Another client has moved on and removed the node.
        });
    }

    private CompletableFuture<Void> forget(long high) {
        if (high < 1) {
            return CompletableFuture.completedFuture(null);
        }
        return tree.delete(highNode(high), 0).thenApply(reply -> null);
    }

    private static String highNode(long high) {
        return LONG_COUNTER + "/" + HIGH_PREFIX + String.format(Locale.ROOT, "%010d", high);
    }

    /**
     * Draws the next number of a counter, usable or not; empty when the counter does not exist. The node is removed
     * without waiting: should that fail, it ends with the session.
     */
    private CompletableFuture<Optional<Long>> draw(String counter) {
        return tree.create(counter + NUMBER, new byte[0], CreateMode.EPHEMERAL_SEQUENTIAL)
                .thenApply(reply -> {
                    if (reply.code() == Code.NONODE) {
                        return Optional.empty();
                    }
                    if (reply.code() == Code.NODEEXISTS) {
                        return Optional.of(OVERFLOWN); // Another client has just drawn the last number.
                    }
                    if (!reply.ok()) {
                        throw tree.refused("create", counter + NUMBER, reply.code());
                    }
                    String name = MetadataTree.nameOf(reply.get());
                    CompletableFuture<?> unused = tree.delete(counter + "/" + name, MetadataTree.ANY_VERSION);
                    return Optional.of(Long.parseLong(name.substring(NUMBER.length() - 1)));
                });
    }

    private static boolean isUsable(long number) {
        return number >= 0 && number < COUNTER_END;
    }

    private static LedgerException exhausted() {
        return new LedgerException(
                Reason.METADATA_UNAVAILABLE,
                "The cluster's ledger layout has run out of ids; create ledgers in a cluster with the layout"
                        + " longhierarchical.");
    }
}
