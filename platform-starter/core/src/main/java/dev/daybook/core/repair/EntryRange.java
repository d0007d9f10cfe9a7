package dev.daybook.core.repair;

import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A fragment with its end, which no writer will change any more.
 *
 * @param lastEntryId below the fragment's first entry if it has none
 */
public record EntryRange(Quorum quorum, Fragment fragment, long lastEntryId) {
    /**
     * The fragments that are safe to copy, in order. While a ledger is not closed its last fragment never is, and the
     * others only once everything below the last one is confirmed. Source: auto-recovery specification, section 4.
     *
     * @param lastConfirmed of a ledger that is not closed; ignored otherwise
     */
    static List<EntryRange> closedOf(LedgerMetadata metadata, long lastConfirmed) {
        List<EntryRange> ranges = new ArrayList<>();
        List<Fragment> fragments = metadata.fragments();
        for (int i = 0; i < fragments.size(); i++) {
            boolean last = i == fragments.size() - 1;
            long nextFirst = last ? Long.MAX_VALUE : fragments.get(i + 1).firstEntryId();
            if (metadata.end().isPresent()) {
                long end = metadata.end().get().lastEntryId();
                ranges.add(new EntryRange(metadata.quorum(), fragments.get(i), Math.min(nextFirst - 1, end)));
            } else if (!last && lastConfirmed >= metadata.lastFragment().firstEntryId() - 1) {
                ranges.add(new EntryRange(metadata.quorum(), fragments.get(i), nextFirst - 1));
            }
        }
        return ranges;
    }

    public long firstEntryId() {
        return fragment.firstEntryId();
    }

    public boolean isEmpty() {
        return lastEntryId < firstEntryId();
    }

    /** The first entry from this one on that belongs to the position. */
    OptionalLong entryOf(int position, long from) {
        // Within one round over the ensemble every position gets an entry.
        for (long id = from; id <= lastEntryId && id - from < quorum.ensemble(); id++) {
            if (Striping.stores(quorum, id, position)) {
                return OptionalLong.of(id);
            }
        }
        return OptionalLong.empty();
    }

    /** The last entry that belongs to the position. */
    OptionalLong lastEntryOf(int position) {
        for (long id = lastEntryId; id >= firstEntryId() && lastEntryId - id < quorum.ensemble(); id--) {
            if (Striping.stores(quorum, id, position)) {
                return OptionalLong.of(id);
            }
        }
        return OptionalLong.empty();
    }
}
