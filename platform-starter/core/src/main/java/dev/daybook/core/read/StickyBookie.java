package dev.daybook.core.read;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.health.RankedPosition;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets one bookie serve the entries of a ledger one after the other, so that one read-ahead cache is warm instead of all
 * of them, for as long as no other replica is in better health. Meant for ledgers whose every bookie holds every entry.
 * Source: client protocol specification, section 10.4.
 *
 * <p>A fragment with other bookies gets a choice of its own when the present one is not among them.
 */
public final class StickyBookie {
    private Optional<BookieId> current = Optional.empty();

    /**
     * @param ranked positions by health, best first
     * @param dice spreads the handles of a client over the bookies
     * @return the same positions, the bookie to stay with first
     */
    public List<Integer> order(List<RankedPosition> ranked, List<BookieId> ensemble, Dice dice) {
        List<Integer> best = new ArrayList<>();
        for (RankedPosition each : ranked) {
            if (each.rank() == ranked.get(0).rank()) {
                best.add(each.position());
            }
        }
        int chosen = best.stream()
                .filter(position -> current.equals(Optional.of(ensemble.get(position))))
                .findFirst()
                .orElseGet(() -> dice.pick(best));
        current = Optional.of(ensemble.get(chosen));
        List<Integer> order = new ArrayList<>();
        order.add(chosen);
        ranked.stream()
                .map(RankedPosition::position)
                .filter(position -> position != chosen)
                .forEach(order::add);
        return order;
    }
}
