package dev.daybook.core.audit;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;
import java.util.Set;

/**
 * Walk over all ledgers.
 *
 * @param spared bookies that are away and still expected back, so nothing of theirs is to be marked
 */
public record BeginSearch(Search search, Set<BookieId> spared) implements Effect<AuditTraffic> {
    public BeginSearch {
        spared = Set.copyOf(spared);
    }

    @Override
    public void dispatch(AuditTraffic handler) {
        handler.beginSearch(this);
    }
}
