package dev.daybook.core.job;

import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.List;
import java.util.Set;

/** What a ledger's metadata say of one bookie's part in it. */
final class LedgerShare {
    private final LedgerMetadata metadata;
    private final BookieId bookie;

    LedgerShare(LedgerMetadata metadata, BookieId bookie) {
        this.metadata = metadata;
        this.bookie = bookie;
    }

    BookieId bookie() {
        return bookie;
    }

    boolean exists() {
        return metadata.fragments().stream()
                .anyMatch(fragment -> fragment.ensemble().contains(bookie));
    }

    /** Of a ledger that is not closed, whose last fragment nobody but its writer or a recovery may change. */
    boolean isBeingWritten() {
        return !metadata.isClosed() && metadata.lastFragment().ensemble().contains(bookie);
    }

    boolean isBeyondLastFragment() {
        List<Fragment> fragments = metadata.fragments();
        return fragments.subList(0, fragments.size() - 1).stream()
                .anyMatch(fragment -> fragment.ensemble().contains(bookie));
    }

    /** About as many payload bytes as the bookie has, if all entries are alike; 0 for a ledger that is not closed. */
    long bytes() {
        long entries = metadata.end().map(end -> end.lastEntryId() + 1).orElse(0L);
        if (entries == 0) {
            return 0;
        }
        double share = 0;
        List<Fragment> fragments = metadata.fragments();
        for (int i = 0; i < fragments.size(); i++) {
            if (fragments.get(i).ensemble().contains(bookie)) {
                share += (double) Math.max(0, lastEntryOf(i) - fragments.get(i).firstEntryId() + 1) / entries;
            }
        }
        double copies = (double) metadata.quorum().write() / metadata.quorum().ensemble();
        return Math.round(share * copies * metadata.end().orElseThrow().length());
    }

    /** Of a ledger that is not closed as many as one can imagine. */
    private long lastEntryOf(int fragment) {
        List<Fragment> fragments = metadata.fragments();
        return fragment + 1 < fragments.size()
                ? fragments.get(fragment + 1).firstEntryId() - 1
                : metadata.end().map(LedgerMetadata.End::lastEntryId).orElse(Long.MAX_VALUE);
    }

    /** Whether the bookie is, or may be, the only one that had some entry, and is gone. */
    boolean isLost(Set<BookieId> alive) {
        if (alive.contains(bookie)) {
            return false;
        }
        for (int i = 0; i < metadata.fragments().size(); i++) {
            if (metadata.fragments().get(i).ensemble().contains(bookie) && hasEntryWithoutHolder(i, alive)) {
                return true;
            }
        }
        return false;
    }

    /** After as many entries as there are positions, the same bookies come again. */
    private boolean hasEntryWithoutHolder(int index, Set<BookieId> alive) {
        Fragment fragment = metadata.fragments().get(index);
        long first = fragment.firstEntryId();
        for (int offset = 0; offset < metadata.quorum().ensemble() && offset <= lastEntryOf(index) - first; offset++) {
            boolean held = false;
            for (int position : Striping.writeSet(metadata.quorum(), first + offset)) {
                held |= alive.contains(fragment.ensemble().get(position));
            }
            if (!held) {
                return true;
            }
        }
        return false;
    }

    /** Whether some fragment has the bookie and no other bookie of these could join it. */
    boolean isStuck(Set<BookieId> takers) {
        return metadata.fragments().stream()
                .map(Fragment::ensemble)
                .anyMatch(ensemble -> ensemble.contains(bookie) && ensemble.containsAll(takers));
    }
}
