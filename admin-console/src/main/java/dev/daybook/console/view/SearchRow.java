package dev.daybook.console.view;

import dev.daybook.console.cluster.RepairSnapshot;
import dev.daybook.core.audit.Search;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search that the auditor makes through all ledgers.
 *
 * @param last when it was last completed by whomever; null if never, or not kept
 * @param lastText in place of the time
 */
public record SearchRow(String name, String what, @Nullable When last, String lastText) {
    public static List<SearchRow> of(RepairSnapshot repair, Instant now) {
        return Arrays.stream(Search.values())
                .map(search -> of(search, repair, now))
                .toList();
    }

    private static SearchRow of(Search search, RepairSnapshot repair, Instant now) {
        Instant completed =
                repair.completed().value().orElse(Map.<Search, Instant>of()).get(search);
        boolean kept = search != Search.LOST_BOOKIES;
        String absent = repair.completed().known() ? "never" : "unknown";
        return new SearchRow(
                name(search),
                what(search),
                completed == null ? null : When.of(completed, now),
                kept ? absent : "with each election and each loss");
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
            case MISSING_COPIES -> "asks bookies for the copies that they should have, and marks what they lack";
            case PLACEMENT -> "counts ledgers whose bookies do not keep to the placement policy";
            case REPLICA_COUNT -> "counts ledgers with too few copies of an entry, and marks nothing";
        };
    }
}
