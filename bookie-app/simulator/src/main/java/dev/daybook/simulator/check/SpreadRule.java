package dev.daybook.simulator.check;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a strict placement owes every entry, found by counting: its copies stand in enough different places.
 *
 * @param places the rack, region or zone of each bookie
 * @param minimum of places for one write set, as far as it has so many members; 1 asks for nothing
 */
public record SpreadRule(Map<BookieId, String> places, int minimum) {
    public SpreadRule {
        places = Map.copyOf(places);
    }

    /** For placements that do what they can. */
    public static SpreadRule none() {
        return new SpreadRule(Map.of(), 1);
    }

    public boolean isStrict() {
        return minimum > 1;
    }

    public boolean isKept(Quorum quorum, List<BookieId> ensemble) {
        for (int first = 0; isStrict() && first < quorum.ensemble(); first++) {
            Set<String> different = new HashSet<>();
            for (int position : Striping.writeSet(quorum, first)) {
                different.add(Objects.requireNonNull(places.get(ensemble.get(position))));
            }
            if (different.size() < Math.min(minimum, quorum.write())) {
                return false;
            }
        }
        return true;
    }

    /** P1: whoever changes a record keeps to it. */
    void checkStored(long ledgerId, LedgerMetadata record) {
        for (Fragment fragment : record.fragments()) {
            require(
                    isKept(record.quorum(), fragment.ensemble()),
                    "P1",
                    ledgerId,
                    "the copies of an entry share a place in " + fragment);
        }
    }
}
