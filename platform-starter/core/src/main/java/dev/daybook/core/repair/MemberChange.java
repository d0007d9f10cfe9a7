package dev.daybook.core.repair;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * New members for one fragment, to be put into whatever record is stored when it is their turn. Source: auto-recovery
 * specification, sections 5.3 and 5.6.
 */
final class MemberChange {
    private final Fragment before;
    private final Map<Integer, BookieId> successors;

    MemberChange(Fragment before, Map<Integer, BookieId> successors) {
        this.before = before;
        this.successors = Map.copyOf(successors);
    }

    /**
     * The record with all successors that still have somebody to follow; empty if there is nothing to change any more. A
     * bookie never gets into an ensemble twice, whatever others have done to it meanwhile.
     */
    Optional<LedgerMetadata> applyTo(LedgerMetadata stored) {
        List<Fragment> fragments = new ArrayList<>(stored.fragments());
        for (int i = 0; i < fragments.size(); i++) {
            Fragment fragment = fragments.get(i);
            boolean untouchable = i == fragments.size() - 1 && !stored.isClosed();
            if (fragment.firstEntryId() == before.firstEntryId() && !untouchable) {
                List<BookieId> members = new ArrayList<>(fragment.ensemble());
                successors.forEach((position, successor) -> {
                    if (members.get(position).equals(before.ensemble().get(position)) && !members.contains(successor)) {
                        members.set(position, successor);
                    }
                });
                fragments.set(i, new Fragment(fragment.firstEntryId(), members));
            }
        }
        return fragments.equals(stored.fragments()) ? Optional.empty() : Optional.of(stored.withFragments(fragments));
    }

    /** How many of the new members the record has. */
    int countIn(LedgerMetadata stored) {
        int count = 0;
        for (Fragment fragment : stored.fragments()) {
            if (fragment.firstEntryId() == before.firstEntryId()) {
                for (Map.Entry<Integer, BookieId> successor : successors.entrySet()) {
                    if (fragment.ensemble().get(successor.getKey()).equals(successor.getValue())) {
                        count++;
                    }
                }
            }
        }
        return count;
    }
}
