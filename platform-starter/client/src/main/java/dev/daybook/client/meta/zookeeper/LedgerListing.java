package dev.daybook.client.meta.zookeeper;

import dev.daybook.protocol.format.LedgerPaths;
import dev.daybook.protocol.format.LedgerTree;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lists ledger ids in ascending order, a page at a time. Source: metadata specification, section 10.1. */
final class LedgerListing {
    private final TreeWalk.Directories directories;
    private final LedgerLayout layout;

    LedgerListing(TreeWalk.Directories directories, LedgerLayout layout) {
        this.directories = directories;
        this.layout = layout;
    }

    /** The caller makes sure that the service has seen everything that was written before. */
    CompletableFuture<List<LedgerId>> page(Optional<LedgerId> after, int limit) {
        List<LedgerId> found = new ArrayList<>();
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (LedgerTree shape : LedgerPaths.trees(layout)) {
            done = done.thenCompose(previous -> found.size() < limit
                    ? TreeWalk.over(
                            directories,
                            "",
                            new Page(shape, after.map(LedgerId::value).orElse(-1L), limit, found))
                    : CompletableFuture.completedFuture(null));
        }
        return done.thenApply(complete -> List.copyOf(found));
    }

    private final class Page implements TreeWalk.Visitor {
        private final LedgerTree shape;
        private final long after;
        private final int limit;
        private final List<LedgerId> found;

        Page(LedgerTree shape, long after, int limit, List<LedgerId> found) {
            this.shape = shape;
            this.after = after;
            this.limit = limit;
            this.found = found;
        }

        @Override
        public int depth() {
            return shape.depth();
        }

        @Override
        public boolean enters(int level, String path) {
            return shape.isDirectory(level, MetadataTree.nameOf(path)) && shape.largestIdBelow(path) > after;
        }

        /** A record where its id does not belong cannot be opened by anyone: it is no ledger of this layout. */
        @Override
        public boolean takes(String path) {
            LedgerPaths.ledgerAt(layout, path)
                    .filter(ledger -> ledger.value() > after)
                    .filter(ledger -> LedgerPaths.path(layout, ledger).equals(path))
                    .ifPresent(found::add);
            return found.size() < limit;
        }
    }
}
