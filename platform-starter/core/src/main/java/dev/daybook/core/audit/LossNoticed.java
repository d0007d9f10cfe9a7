package dev.daybook.core.audit;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;
import java.util.Set;

/**
 * These bookies went away and are waited for.
 *
 * @param delayMillis how long, before their ledgers are looked for
 */
public record LossNoticed(Set<BookieId> bookies, long delayMillis) implements Effect<AuditTraffic> {
    public LossNoticed {
        bookies = Set.copyOf(bookies);
    }

    @Override
    public void dispatch(AuditTraffic handler) {
        handler.lossNoticed(this);
    }
}
