package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.format.LedgerPaths;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.format.UnderReplicationMark;
import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads what auditor and workers leave in the under-replication tree. Source: metadata specification, section 12. */
final class RepairTree {
    private static final String MARKS = MetadataTree.UNDER_REPLICATION + "/ledgers";
    private static final String VOTES = MetadataTree.UNDER_REPLICATION + "/auditorelection";
    private static final String DISABLED = MetadataTree.UNDER_REPLICATION + "/disable";
    private static final int DIRECTORY_LEVELS = 4;

    private final MetadataTree tree;

    RepairTree(MetadataTree tree) {
        this.tree = tree;
    }

    CompletableFuture<List<UnderReplicatedLedger>> marked(int limit) {
        List<LedgerId> ledgers = new ArrayList<>();
        if (limit < 1) {
            return CompletableFuture.completedFuture(List.of());
        }
        return TreeWalk.over(tree::childrenOrNone, MARKS, new TreeWalk.Visitor() {
                    @Override
                    public int depth() {
                        return DIRECTORY_LEVELS;
                    }

                    @Override
                    public boolean enters(int level, String path) {
                        return MetadataTree.nameOf(path).matches("[0-9a-f]{4}");
                    }

                    @Override
                    public boolean takes(String path) {
                        LedgerPaths.markedLedger(MetadataTree.nameOf(path)).ifPresent(ledgers::add);
                        return ledgers.size() < limit;
                    }
                })
                .thenCompose(done -> read(ledgers));
    }

    private CompletableFuture<List<UnderReplicatedLedger>> read(List<LedgerId> ledgers) {
        List<CompletableFuture<Optional<UnderReplicatedLedger>>> marks =
                ledgers.stream().map(this::read).toList();
        return CompletableFuture.allOf(marks.toArray(CompletableFuture<?>[]::new))
                .thenApply(done ->
                        marks.stream().flatMap(mark -> mark.join().stream()).toList());
    }

    /** Empty if the ledger was repaired meanwhile. */
    private CompletableFuture<Optional<UnderReplicatedLedger>> read(LedgerId ledger) {
        CompletableFuture<Optional<MetadataTree.Node>> mark = tree.find(LedgerPaths.underReplicated(ledger));
        CompletableFuture<Optional<MetadataTree.Node>> lock = tree.find(LedgerPaths.lock(ledger));
        return mark.thenCombine(lock, (marked, locked) -> marked.map(node -> toMark(ledger, node, locked)));
    }

    private static UnderReplicatedLedger toMark(
            LedgerId ledger, MetadataTree.Node marked, Optional<MetadataTree.Node> locked) {
        try {
            UnderReplicationMark mark = UnderReplicationFormat.parseMark(marked.bytes());
            return new UnderReplicatedLedger(
                    ledger,
                    mark.missing(),
                    mark.markedMillis(),
                    locked.map(lock -> UnderReplicationFormat.parseHolder(lock.bytes())));
        } catch (MalformedMetadataException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT, "The mark of ledger " + ledger + " is unreadable. " + e.getMessage(), e);
        }
    }

    /** The lowest vote wins; the data of the votes' parent may name a dead auditor. */
    CompletableFuture<Optional<String>> auditor() {
        return tree.childrenOrNone(VOTES).thenCompose(names -> firstOf(names.iterator()));
    }

    private CompletableFuture<Optional<String>> firstOf(Iterator<String> votes) {
        while (votes.hasNext()) {
            String vote = votes.next();
            if (vote.matches("V_\\d{10}")) {
                return tree.find(VOTES + "/" + vote)
                        .thenCompose(found -> found.isPresent()
                                ? CompletableFuture.completedFuture(holder(found.get()))
                                : firstOf(votes));
            }
        }
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private static Optional<String> holder(MetadataTree.Node vote) {
        try {
            return Optional.of(UnderReplicationFormat.parseHolder(vote.bytes()));
        } catch (MalformedMetadataException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT, "The auditor's vote is unreadable. " + e.getMessage(), e);
        }
    }

    CompletableFuture<Boolean> enabled() {
        return tree.exists(DISABLED).thenApply(disabled -> !disabled);
    }
}
