package dev.daybook.core.place;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for an ensemble that keeps one rule in every window: position by position, the least reluctant candidates first,
 * by weighted chance among equals, with a step back where that leads nowhere. Bookies of one location are alike to a
 * rule, so after one of them failed at a position the others are not tried there.
 */
final class EnsembleSearch {
    /** Far beyond what real clusters need; a search that is still lost then counts as fruitless. */
    private static final int STEPS_MAX = 500;

    private final Quorum quorum;
    private final WindowRule rule;
    private final Function<BookieId, NetworkLocation> locations;
    private final Weights weights;
    private final Dice dice;
    private int steps;

    EnsembleSearch(
            Quorum quorum, WindowRule rule, Function<BookieId, NetworkLocation> locations, Weights weights, Dice dice) {
        this.quorum = quorum;
        this.rule = rule;
        this.locations = locations;
        this.weights = weights;
        this.dice = dice;
    }

    Optional<List<BookieId>> fill(List<BookieId> candidates, Terrain terrain) {
        return fill(Map.of(), candidates, terrain);
    }

    /** @param staying members by position, of whom none is a candidate */
    Optional<List<BookieId>> fill(Map<Integer, BookieId> staying, List<BookieId> candidates, Terrain terrain) {
        Set<NetworkLocation> available = Stream.concat(candidates.stream(), staying.values().stream())
                .map(locations)
                .collect(Collectors.toSet());
        if (!rule.supply().mayDo(available)) {
            return Optional.empty();
        }
        List<BookieId> chosen = new ArrayList<>();
        return fill(staying, chosen, Weights.hat(candidates), terrain)
                ? Optional.of(List.copyOf(chosen))
                : Optional.empty();
    }

    private boolean fill(Map<Integer, BookieId> staying, List<BookieId> chosen, List<BookieId> left, Terrain terrain) {
        if (chosen.size() == quorum.ensemble()) {
            return true;
        }
        BookieId member = staying.get(chosen.size());
        if (member != null) {
            chosen.add(member);
            boolean filled = holdsAround(chosen.size() - 1, chosen) && fill(staying, chosen, left, terrain);
            if (!filled) {
                chosen.remove(chosen.size() - 1);
            }
            return filled;
        }
        List<NetworkLocation> before = chosen.stream().map(locations).toList();
        List<BookieId> untried = Weights.hat(left);
        while (!untried.isEmpty() && steps++ < STEPS_MAX) {
            BookieId next = drawLeastReluctant(untried, location -> terrain.reluctance(location, before));
            chosen.add(next);
            left.remove(next);
            if (holdsAround(chosen.size() - 1, chosen) && fill(staying, chosen, left, terrain)) {
                return true;
            }
            chosen.remove(chosen.size() - 1);
            left.add(next);
            NetworkLocation useless = locations.apply(next);
            untried.removeIf(bookie -> locations.apply(bookie).equals(useless));
        }
        return false;
    }

    /** @param ensemble with the member that is to go still in its place */
    Optional<BookieId> replace(List<BookieId> ensemble, int position, List<BookieId> candidates, Terrain terrain) {
        NetworkLocation replaced = locations.apply(ensemble.get(position));
        List<BookieId> changed = new ArrayList<>(ensemble);
        changed.remove(position);
        List<NetworkLocation> remaining = changed.stream().map(locations).toList();
        changed.add(position, ensemble.get(position));
        List<BookieId> untried = Weights.hat(candidates);
        while (!untried.isEmpty()) {
            BookieId next =
                    drawLeastReluctant(untried, location -> terrain.reluctanceToReplace(location, replaced, remaining));
            changed.set(position, next);
            if (holdsAround(position, changed)) {
                return Optional.of(next);
            }
            NetworkLocation useless = locations.apply(next);
            untried.removeIf(bookie -> locations.apply(bookie).equals(useless));
        }
        return Optional.empty();
    }

    private BookieId drawLeastReluctant(List<BookieId> untried, ToIntFunction<NetworkLocation> reluctance) {
        Map<NetworkLocation, Integer> known = new HashMap<>();
        int least = Integer.MAX_VALUE;
        List<BookieId> best = new ArrayList<>();
        for (BookieId bookie : untried) {
            int value = known.computeIfAbsent(locations.apply(bookie), reluctance::applyAsInt);
            if (value < least) {
                least = value;
                best.clear();
            }
            if (value == least) {
                best.add(bookie);
            }
        }
        BookieId drawn = weights.draw(best, dice);
        untried.remove(drawn);
        return drawn;
    }

    /** The windows that the position belongs to; the others were judged before. */
    private boolean holdsAround(int position, List<BookieId> members) {
        for (int start = position - quorum.write() + 1; start <= position; start++) {
            if (!holds(start, members)) {
                return false;
            }
        }
        return true;
    }

    /** Every window. */
    boolean holds(List<BookieId> members) {
        for (int start = 0; start < quorum.ensemble(); start++) {
            if (!holds(start, members)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(int start, List<BookieId> members) {
        List<NetworkLocation> present = new ArrayList<>(quorum.write());
        for (int step = 0; step < quorum.write(); step++) {
            int position = Math.floorMod(start + step, quorum.ensemble());
            if (position < members.size()) {
                present.add(locations.apply(members.get(position)));
            }
        }
        return rule.test().allows(present, quorum.write() - present.size());
    }
}
