package dev.daybook.simulator.client;

import dev.daybook.core.effect.Dice;
import java.util.ArrayList;
import java.util.List;

/** In which order a writer uses its entry ids. */
final class IdOrder {
    private static final int WINDOW = 5;

    private final List<Long> ids = new ArrayList<>();
    private final boolean gap;

    IdOrder(Dice dice, WriterPlan plan) {
        for (long entryId = 0; entryId < plan.appends(); entryId++) {
            ids.add(entryId);
        }
        boolean chosen = plan.kind() == WriterPlan.Kind.CHOSEN;
        if (chosen) {
            for (int i = 0; i < ids.size(); i++) {
                int other = Math.min(ids.size() - 1, i + dice.below(WINDOW));
                long moved = ids.get(i);
                ids.set(i, ids.get(other));
                ids.set(other, moved);
            }
        }
        this.gap = chosen && dice.chance(15);
        if (gap) {
            // The last place gets an id behind a gap that is never filled.
            ids.set(ids.size() - 1, plan.appends() + 3L);
        }
    }

    /** Appends beyond the plan come in order. */
    long idOf(int number) {
        return number < ids.size() ? ids.get(number) : number;
    }

    /** Some entries can never be acknowledged, because an id below them is not used. */
    boolean leavesGap() {
        return gap;
    }
}
