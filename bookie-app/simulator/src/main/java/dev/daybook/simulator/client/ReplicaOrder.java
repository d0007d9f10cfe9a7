package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.health.RankedPosition;
import dev.daybook.core.health.ReadOrder;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.read.StickyBookie;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** In which order one handle asks the replicas of an entry; every order is judged before it is used. */
final class ReplicaOrder {
    private final Surroundings around;
    private final ClusterView view;
    private final long ledgerId;
    private final Dice dice;
    private final ReadingPlan plan;
    private final Optional<StickyBookie> sticky;
    private Optional<BookieId> lastFirst = Optional.empty();

    ReplicaOrder(Surroundings around, ClusterView view, long ledgerId) {
        this.around = around;
        this.view = view;
        this.ledgerId = ledgerId;
        this.dice = around.world().dice().fork();
        this.plan = around.mix().reading();
        this.sticky = plan.sticky() ? Optional.of(new StickyBookie()) : Optional.empty();
    }

    /** Positions in the ensemble. */
    List<Integer> of(LedgerMetadata metadata, long entryId) {
        List<Integer> written = Arrays.stream(Striping.writeSet(metadata.quorum(), entryId))
                .boxed()
                .toList();
        if (!plan.reorder() && sticky.isEmpty()) {
            return written;
        }
        List<BookieId> ensemble = metadata.fragmentOf(entryId).ensemble();
        List<RankedPosition> ranked = ranked(metadata, entryId, ensemble);
        boolean stays = sticky.isPresent()
                && metadata.quorum().ensemble() == metadata.quorum().write();
        List<Integer> order = stays ? sticky.get().order(ranked, ensemble, dice) : ReadOrder.positions(ranked);
        boolean whole = order.size() == written.size() && order.containsAll(written);
        require(whole, "R1", ledgerId, "entry " + entryId + " is to be read in order " + order + " of " + written);
        checkUnregisteredLast(order, ensemble);
        if (stays) {
            checkSticky(ranked, ensemble, order.get(0));
        }
        if (!order.equals(written)) {
            around.world().saw("sometimes: replicas reordered");
        }
        return order;
    }

    private List<RankedPosition> ranked(LedgerMetadata metadata, long entryId, List<BookieId> ensemble) {
        return new ReadOrder(
                        view.health().detector(),
                        view.snapshot(),
                        bookie -> !dice.chance(plan.fullSocketPercent()),
                        around.mix().placement().region())
                .of(metadata.quorum(), entryId, ensemble, around.world().now());
    }

    private void checkUnregisteredLast(List<Integer> order, List<BookieId> ensemble) {
        ClusterSnapshot seen = view.snapshot();
        boolean unregistered = false;
        for (int position : order) {
            boolean known = seen.isWritable(ensemble.get(position));
            require(
                    !known || !unregistered || !seen.isKnown(),
                    "R2",
                    ledgerId,
                    "a bookie that is not registered is asked before " + ensemble.get(position));
            unregistered |= !known;
        }
    }

    private void checkSticky(List<RankedPosition> ranked, List<BookieId> ensemble, int first) {
        RankedPosition.Rank best = ranked.get(0).rank();
        List<BookieId> healthiest = ranked.stream()
                .filter(each -> each.rank() == best)
                .map(each -> ensemble.get(each.position()))
                .toList();
        BookieId chosen = ensemble.get(first);
        boolean mayStay = lastFirst.isPresent() && healthiest.contains(lastFirst.get());
        require(
                healthiest.contains(chosen) && (!mayStay || lastFirst.get().equals(chosen)),
                "R3",
                ledgerId,
                "a sticky handle went from " + lastFirst + " to " + chosen + ", the healthiest are " + healthiest);
        if (lastFirst.isPresent() && !mayStay) {
            around.world().saw("sometimes: sticky bookie left");
        }
        lastFirst = Optional.of(chosen);
    }
}
