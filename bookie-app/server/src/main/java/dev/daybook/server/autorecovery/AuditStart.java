package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.BookieId;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * What an auditor has to know when it is elected.
 *
 * @param known bookies that are registered or have a cookie
 * @param sinceMillis how long ago each search was completed
 */
record AuditStart(long delaySeconds, boolean enabled, Set<BookieId> known, Map<Search, Long> sinceMillis) {
    AuditStart {
        known = Set.copyOf(known);
        sinceMillis = Map.copyOf(sinceMillis);
    }

    /** @param delaySeconds stored for the cluster unless there is one */
    static CompletionStage<AuditStart> read(MetadataStore store, long delaySeconds, long epochMillis) {
        RepairStore repairs = store.repairs();
        CompletionStage<Set<BookieId>> known = store.bookieRecords()
                .thenApply(records -> records.stream().map(BookieRecord::id).collect(Collectors.toSet()));
        return repairs.initialiseLostBookieDelay(delaySeconds)
                .thenCompose(delay -> repairs.enabled()
                        .thenCompose(enabled -> known.thenCompose(bookies -> since(repairs, epochMillis)
                                .thenApply(since -> new AuditStart(delay, enabled, bookies, since)))));
    }

    private static CompletionStage<Map<Search, Long>> since(RepairStore repairs, long epochMillis) {
        CompletionStage<Map<Search, Long>> all = CompletableFuture.completedFuture(new EnumMap<>(Search.class));
        for (Search search : Search.values()) {
            all = all.thenCombine(repairs.completed(search), (before, completed) -> {
                note(before, search, completed, epochMillis);
                return before;
            });
        }
        return all;
    }

    private static void note(Map<Search, Long> since, Search search, OptionalLong completed, long epochMillis) {
        if (completed.isPresent()) {
            since.put(search, Math.max(0, epochMillis - completed.getAsLong()));
        }
    }
}
