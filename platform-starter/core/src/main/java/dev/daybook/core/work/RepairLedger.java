package dev.daybook.core.work;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.Set;

/**
 * Repair it. Answered by {@link RepairAgenda#onRepaired} or {@link RepairAgenda#onFailed}.
 *
 * @param missing bookies named in the mark; those of them that are alive are to be looked at closely
 */
public record RepairLedger(LedgerId ledger, Set<BookieId> missing) implements Effect<WorkTraffic> {
    public RepairLedger {
        missing = Set.copyOf(missing);
    }

    @Override
    public void dispatch(WorkTraffic handler) {
        handler.repairLedger(this);
    }
}
