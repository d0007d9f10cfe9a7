package dev.daybook.console.view;

import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.audit.AuditorReport.Course;
import dev.daybook.console.cluster.RepairSnapshot;
import dev.daybook.core.audit.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A search that the auditor makes through all ledgers.
 *
 * @param state what the auditor of now said of it; nothing if it is none of Daybook's
 * @param marked ledgers that the last one of this auditor marked
 * @param last when it was last completed by whomever; null if never
 * @param next when the next one is due by itself, in words
 */
public record SearchRow(
        String name,
        String what,
        Mark state,
        Num marked,
        @Nullable When last,
        String next) {
    public static List<SearchRow> of(RepairSnapshot repair, Optional<AuditorReport> auditor, Instant now) {
        return Arrays.stream(Search.values())
                .map(search -> of(search, repair, auditor, now))
                .toList();
    }

    private static SearchRow of(Search search, RepairSnapshot repair, Optional<AuditorReport> auditor, Instant now) {
        Course course = auditor.map(report -> report.searches().getOrDefault(search, Course.NOTHING))
                .orElse(Course.NOTHING);
        Instant completed =
                repair.completed().value().orElse(Map.<Search, Instant>of()).get(search);
        if (course.complete() && course.ended().isPresent()) {
            completed = Instant.ofEpochMilli(course.ended().getAsLong());
        }
        return new SearchRow(
                name(search),
                what(search),
                auditor.isPresent() ? state(course) : new Mark("none", "unknown"),
                course.ended().isPresent() ? Num.count(course.marked()) : Num.UNKNOWN,
                completed == null ? null : When.of(completed, now),
                auditor.isPresent() ? next(course.next(), now) : "unknown");
    }

    private static Mark state(Course course) {
        if (course.isRunning()) {
            return new Mark("live", "under way");
        }
        if (course.ended().isEmpty()) {
            return new Mark("none", "not in this term");
        }
        return course.complete() ? new Mark("done", "completed") : new Mark("warn", "given up");
    }

    private static String next(OptionalLong due, Instant now) {
        if (due.isEmpty()) {
            return "none planned";
        }
        Duration left = Duration.between(now, Instant.ofEpochMilli(due.getAsLong()));
        return left.isNegative() ? "now" : "in " + Lapse.text(left);
    }

    private static String name(Search search) {
        return switch (search) {
            case LOST_BOOKIES -> "lost bookies";
            case MISSING_COPIES -> "missing copies";
            case PLACEMENT -> "placement";
            case REPLICA_COUNT -> "replicas";
        };
    }

    private static String what(Search search) {
        return switch (search) {
            case LOST_BOOKIES -> "marks ledgers whose bookies are not registered any more";
            case MISSING_COPIES ->
                "asks bookies for some of the copies that they should have, and marks what they lack";
            case PLACEMENT -> "counts ledgers whose bookies do not keep to the placement policy";
            case REPLICA_COUNT -> "asks bookies for every copy of every entry, and marks what they lack";
        };
    }
}
