package dev.daybook.server.autorecovery;

import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.BookieId;
import java.util.Optional;
import java.util.Set;

/**
 * What this process does as the auditor.
 *
 * @param elected whether it is the auditor; the rest is empty otherwise
 * @param running the search that is under way
 * @param awaited bookies that are away and may come back before their ledgers are marked
 */
public record AuditActivity(boolean elected, Optional<Search> running, Set<BookieId> awaited) {
    static final AuditActivity NOT_ELECTED = new AuditActivity(false, Optional.empty(), Set.of());

    public AuditActivity {
        awaited = Set.copyOf(awaited);
    }
}
