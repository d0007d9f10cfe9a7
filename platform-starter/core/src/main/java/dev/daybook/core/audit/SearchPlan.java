package dev.daybook.core.audit;

import java.util.Map;

/**
 * How often each search runs.
 *
 * @param intervalMillis 0 or absent: never on its own; the search for lost bookies then runs at the beginning only
 */
public record SearchPlan(Map<Search, Long> intervalMillis) {
    public SearchPlan {
        intervalMillis = Map.copyOf(intervalMillis);
        intervalMillis.forEach((search, millis) -> {
            if (millis < 0) {
                throw new IllegalArgumentException("the interval of " + search + " is negative: " + millis);
            }
        });
    }

    long intervalOf(Search search) {
        return intervalMillis.getOrDefault(search, 0L);
    }
}
