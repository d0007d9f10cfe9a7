package dev.daybook.core.work;

import dev.daybook.protocol.model.BookieId;
import java.util.Set;

/** How the attempt to take a ledger ended. Only {@link Taken} leaves the lock with the worker. */
public sealed interface Taking {
    /** @param missing bookies that the mark names now */
    record Taken(Set<BookieId> missing) implements Taking {
        public Taken {
            missing = Set.copyOf(missing);
        }
    }

    record LockedElsewhere() implements Taking {}

    /** Somebody was faster, and has removed the mark. */
    record NotMarked() implements Taking {}

    /** @param why one sentence for a person */
    record Unavailable(String why) implements Taking {}
}
