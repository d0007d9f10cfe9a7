package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.audit.AuditorReport.Course;
import dev.daybook.core.audit.AuditTimer;
import dev.daybook.core.audit.Search;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What an auditor searched for in its term, and when it will again. Belongs to the loop. */
final class AuditCourses {
    private final SerialLoop loop;
    private final Map<Search, Course> courses = new EnumMap<>(Search.class);

    AuditCourses(SerialLoop loop) {
        this.loop = loop;
    }

    void begun(Search search) {
        courses.put(search, of(search).begunAt(loop.epochMillis()));
    }

    void ended(Search search, boolean complete, long marked) {
        courses.put(search, of(search).endedAt(loop.epochMillis(), complete, marked));
    }

    /** A timer that has to do with no search is passed over. */
    void due(AuditTimer timer, long delayMillis) {
        searchOf(timer).ifPresent(search -> courses.put(search, of(search).dueAt(loop.epochMillis() + delayMillis)));
    }

    private Course of(Search search) {
        return courses.getOrDefault(search, Course.NOTHING);
    }

    private static Optional<Search> searchOf(AuditTimer timer) {
        return switch (timer) {
            case RETURN -> Optional.empty();
            case LOST_BOOKIES_DUE -> Optional.of(Search.LOST_BOOKIES);
            case MISSING_COPIES_DUE -> Optional.of(Search.MISSING_COPIES);
            case PLACEMENT_DUE -> Optional.of(Search.PLACEMENT);
            case REPLICA_COUNT_DUE -> Optional.of(Search.REPLICA_COUNT);
        };
    }

    Map<Search, Course> all() {
        return Map.copyOf(courses);
    }
}
