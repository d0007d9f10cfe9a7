package dev.daybook.core.repair;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;

/** The questions of a check, one after the other and never all in memory. */
final class ProbePlan {
    private final List<EntryRange> ranges;
    private final CheckScope scope;
    private final Dice dice;

    /** Whether nothing more need be asked about a position of a range. */
    private final BiPredicate<EntryRange, Integer> settled;

    private int rangeIndex;
    private int position;
    private OptionalLong next = OptionalLong.empty();

    ProbePlan(List<EntryRange> ranges, CheckScope scope, Dice dice, BiPredicate<EntryRange, Integer> settled) {
        this.ranges = ranges;
        this.scope = scope;
        this.dice = dice;
        this.settled = settled;
        enter();
    }

    Optional<SendProbe> next() {
        while (rangeIndex < ranges.size()) {
            EntryRange range = ranges.get(rangeIndex);
            if (next.isEmpty() || settled.test(range, position)) {
                leavePosition(range);
                continue;
            }
            long entryId = next.getAsLong();
            next = following(range, entryId);
            return Optional.of(new SendProbe(bookie(range), entryId));
        }
        return Optional.empty();
    }

    private BookieId bookie(EntryRange range) {
        return range.fragment().ensemble().get(position);
    }

    private void leavePosition(EntryRange range) {
        position++;
        if (position == range.quorum().ensemble()) {
            position = 0;
            rangeIndex++;
        }
        enter();
    }

    private void enter() {
        if (rangeIndex < ranges.size()) {
            EntryRange range = ranges.get(rangeIndex);
            next = range.entryOf(position, range.firstEntryId());
        }
    }

    /** The last entry of a position is always asked for. */
    private OptionalLong following(EntryRange range, long entryId) {
        OptionalLong last = range.lastEntryOf(position);
        if (last.isEmpty() || entryId >= last.getAsLong()) {
            return OptionalLong.empty();
        }
        int percent = scope.suspects().contains(bookie(range)) ? CheckScope.ALL_PERCENT : scope.percent();
        if (percent == 0) {
            return last;
        }
        OptionalLong candidate = range.entryOf(position, entryId + 1);
        while (candidate.isPresent() && candidate.getAsLong() < last.getAsLong() && !dice.chance(percent)) {
            candidate = range.entryOf(position, candidate.getAsLong() + 1);
        }
        return candidate;
    }
}
