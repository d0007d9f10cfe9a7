package dev.daybook.boot.facts;

import dev.daybook.core.audit.Search;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the auditor's searches are called on the command line and over HTTP. */
public final class SearchNames {
    private SearchNames() {}

    public static String of(Search search) {
        return switch (search) {
            case LOST_BOOKIES -> "lost-bookies";
            case MISSING_COPIES -> "missing-copies";
            case PLACEMENT -> "placement";
            case REPLICA_COUNT -> "replicas";
        };
    }

    public static List<String> all() {
        return Arrays.stream(Search.values()).map(SearchNames::of).toList();
    }

    public static Optional<Search> find(String name) {
        return Arrays.stream(Search.values())
                .filter(search -> of(search).equals(name))
                .findFirst();
    }
}
