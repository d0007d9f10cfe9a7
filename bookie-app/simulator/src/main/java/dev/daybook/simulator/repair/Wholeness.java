package dev.daybook.simulator.repair;

import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.bookie.SimBookie;
import dev.daybook.simulator.check.BookieTruth;
import dev.daybook.simulator.check.SpreadRule;
import dev.daybook.simulator.client.Surroundings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whether closed ledgers have every copy back that can be had. Not owed are copies on bookies that have lost something and
 * are there again, which nobody may ask for certain; copies of what has no certain copy left; and members for whom nobody
 * may take over.
 */
final class Wholeness {
    private final Surroundings around;
    private final Map<BookieId, SimBookie> bookies;
    private final SpreadRule spread;
    private final Set<BookieId> leaving;

    Wholeness(Surroundings around, Map<BookieId, SimBookie> bookies, SpreadRule spread, Set<BookieId> leaving) {
        this.around = around;
        this.bookies = bookies;
        this.spread = spread;
        this.leaving = leaving;
    }

    /** What is missing of the ledger although it could be there; empty if nothing is. */
    Optional<String> lackOf(long ledgerId, LedgerMetadata closed) {
        // A worker that waits with the ledger's lock keeps those out who would empty a bookie.
        boolean movable = canBeWhole(ledgerId, closed);
        for (Range range : rangesOf(ledgerId, closed)) {
            for (int position = 0; position < closed.quorum().ensemble(); position++) {
                Optional<String> lack = range.lackAt(position, movable);
                if (lack.isPresent()) {
                    return lack;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a worker can find nothing in its way, so that the ledger's mark has to go. */
    boolean canBeWhole(long ledgerId, LedgerMetadata closed) {
        return rangesOf(ledgerId, closed).stream().allMatch(Range::canBeWhole);
    }

    private List<Range> rangesOf(long ledgerId, LedgerMetadata closed) {
        List<Range> ranges = new ArrayList<>();
        long end = closed.end().orElseThrow().lastEntryId();
        for (int i = 0; i < closed.fragments().size(); i++) {
            boolean last = i == closed.fragments().size() - 1;
            long rangeEnd =
                    last ? end : Math.min(end, closed.fragments().get(i + 1).firstEntryId() - 1);
            ranges.add(new Range(ledgerId, closed, closed.fragments().get(i), rangeEnd));
        }
        return ranges;
    }

    private boolean isLost(BookieId bookie) {
        return Objects.requireNonNull(bookies.get(bookie)).isGone();
    }

    private BookieTruth truthOf(BookieId bookie) {
        return around.truth().bookie(bookie);
    }

    private boolean isSound(BookieId bookie) {
        return !isLost(bookie) && !truthOf(bookie).isDestroyed();
    }

    private final class Range {
        private final long ledgerId;
        private final LedgerMetadata record;
        private final Fragment fragment;
        private final long last;

        Range(long ledgerId, LedgerMetadata record, Fragment fragment, long last) {
            this.ledgerId = ledgerId;
            this.record = record;
            this.fragment = fragment;
            this.last = last;
        }

        Optional<String> lackAt(int position, boolean movable) {
            BookieId member = fragment.ensemble().get(position);
            if (isLost(member) || leaving.contains(member)) {
                return isReplaceable(position) && (movable || isLost(member))
                        ? Optional.of(member + " is gone or leaves, and is still a member of " + fragment)
                        : Optional.empty();
            }
            if (!isSound(member)) {
                return Optional.empty();
            }
            for (long entryId = fragment.firstEntryId(); entryId <= last; entryId++) {
                boolean owed = Striping.stores(record.quorum(), entryId, position) && hasSoundCopy(entryId);
                if (owed && !truthOf(member).holds(ledgerId, entryId)) {
                    return Optional.of(member + " lacks entry " + entryId);
                }
            }
            return Optional.empty();
        }

        private boolean hasSoundCopy(long entryId) {
            return Arrays.stream(Striping.writeSet(record.quorum(), entryId))
                    .mapToObj(position -> fragment.ensemble().get(position))
                    .anyMatch(member -> isSound(member) && truthOf(member).holds(ledgerId, entryId));
        }

        private boolean isReplaceable(int position) {
            for (long entryId = fragment.firstEntryId(); entryId <= last; entryId++) {
                if (Striping.stores(record.quorum(), entryId, position) && !hasSoundCopy(entryId)) {
                    return false;
                }
            }
            return bookies.keySet().stream()
                    .anyMatch(bookie -> !isLost(bookie)
                            && !leaving.contains(bookie)
                            && !fragment.ensemble().contains(bookie)
                            && spread.isKept(record.quorum(), with(position, bookie)));
        }

        private List<BookieId> with(int position, BookieId bookie) {
            List<BookieId> changed = new ArrayList<>(fragment.ensemble());
            changed.set(position, bookie);
            return changed;
        }

        boolean canBeWhole() {
            for (int position = 0; position < record.quorum().ensemble(); position++) {
                if (!isSound(fragment.ensemble().get(position)) && !isReplaceable(position)) {
                    return false;
                }
            }
            for (long entryId = fragment.firstEntryId(); entryId <= last; entryId++) {
                if (!hasSoundCopy(entryId)) {
                    return false;
                }
            }
            return fragment.ensemble().stream().allMatch(member -> isSound(member) || isLost(member));
        }
    }

    /** A bookie that has something of the ledger although nobody needs it there. */
    Optional<String> surplusOf(LedgerId ledger, Optional<LedgerMetadata> record) {
        for (SimBookie bookie : bookies.values()) {
            boolean needed = record.stream()
                    .flatMap(found -> found.fragments().stream())
                    .anyMatch(fragment -> fragment.ensemble().contains(bookie.id()));
            if (!needed && bookie.livingLedgers().contains(ledger.value())) {
                return Optional.of(bookie.id() + " still has entries of it");
            }
        }
        return Optional.empty();
    }
}
