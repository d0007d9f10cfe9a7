package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.repair.RepairPlace;
import dev.daybook.protocol.format.LedgerPaths;
import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Lists marked ledgers in ascending order, a page at a time. Source: metadata specification, section 12.1. */
final class MarkListing {
    private static final int DIRECTORY_LEVELS = 4;
    private static final int HEX_DIGITS = 4;
    private static final Pattern DIRECTORY = Pattern.compile("[0-9a-f]{" + HEX_DIGITS + "}");

    private final MetadataTree tree;

    MarkListing(MetadataTree tree) {
        this.tree = tree;
    }

    /** Marks that go while they are read are left out, but a page is empty only at the end. */
    CompletableFuture<SortedMap<LedgerId, byte[]>> page(Optional<LedgerId> after, int limit) {
        Page page = new Page(after.map(LedgerId::value).orElse(-1L), limit);
        return TreeWalk.over(tree::childrenOrNone, RepairSkeleton.MARKS, page)
                .thenCompose(done -> read(page.found))
                .thenCompose(marks -> marks.isEmpty() && !page.found.isEmpty()
                        ? page(Optional.of(page.found.get(page.found.size() - 1)), limit)
                        : CompletableFuture.completedFuture(marks));
    }

    private CompletableFuture<SortedMap<LedgerId, byte[]>> read(List<LedgerId> ledgers) {
        SortedMap<LedgerId, byte[]> marks = new TreeMap<>();
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (LedgerId ledger : ledgers) {
            String path = RepairSkeleton.path(new RepairPlace.Mark(ledger));
            done = done.thenCombine(tree.find(path), (before, found) -> {
                found.ifPresent(node -> marks.put(ledger, node.bytes()));
                return null;
            });
        }
        return done.thenApply(all -> marks);
    }

    private static final class Page implements TreeWalk.Visitor {
        private final long after;
        private final int limit;
        private final List<LedgerId> found = new ArrayList<>();

        Page(long after, int limit) {
            this.after = after;
            this.limit = limit;
        }

        @Override
        public int depth() {
            return DIRECTORY_LEVELS;
        }

        @Override
        public boolean enters(int level, String path) {
            if (!DIRECTORY.matcher(MetadataTree.nameOf(path)).matches()) {
                return false;
            }
            String digits = path.substring(RepairSkeleton.MARKS.length()).replace("/", "");
            String largest = digits + "f".repeat(DIRECTORY_LEVELS * HEX_DIGITS - digits.length());
            return after < 0 || Long.compareUnsigned(Long.parseUnsignedLong(largest, 16), after) > 0;
        }

        /** A mark where its id does not belong is found by nobody who looks for it. */
        @Override
        public boolean takes(String path) {
            LedgerPaths.markedLedger(MetadataTree.nameOf(path))
                    .filter(ledger -> ledger.value() > after)
                    .filter(ledger ->
                            RepairSkeleton.path(new RepairPlace.Mark(ledger)).equals(path))
                    .ifPresent(found::add);
            return found.size() < limit;
        }
    }
}
