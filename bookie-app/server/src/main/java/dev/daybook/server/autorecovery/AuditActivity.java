package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.audit.AuditorReport.Course;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.BookieId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this process does as the auditor.
 *
 * @param elected whether it is the auditor; the rest is empty otherwise
 * @param running the search that is under way
 * @param awaited bookies that are away and may come back before their ledgers are marked
 * @param courses of the searches that ran or are planned in this term
 */
public record AuditActivity(
        boolean elected, Optional<Search> running, Set<BookieId> awaited, Map<Search, Course> courses) {
    static final AuditActivity NOT_ELECTED = new AuditActivity(false, Optional.empty(), Set.of(), Map.of());

    public AuditActivity {
        awaited = Set.copyOf(awaited);
        courses = Map.copyOf(courses);
    }
}
