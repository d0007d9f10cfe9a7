package dev.daybook.boot.facts;

import dev.daybook.client.meta.RepairStore;
import dev.daybook.core.audit.Search;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How whoever is the auditor is told to search now. Source: auto-recovery specification, sections 7.1 and 7.4. */
public final class AuditTrigger {
    /** As the reference's command has it. */
    private static final long LONG_AGO_MILLIS = Duration.ofDays(21).toMillis();

    private AuditTrigger() {}

    /**
     * For lost bookies, writes the delay once more as it is, which auditors of every kind take for a call. For anything
     * else, pretends that the search was completed long ago: Daybook's auditors begin at once, official ones when they are
     * elected.
     */
    public static CompletableFuture<Void> pull(RepairStore repairs, Search search, long nowMillis) {
        if (search != Search.LOST_BOOKIES) {
            return repairs.pretendCompleted(search, nowMillis - LONG_AGO_MILLIS).toCompletableFuture();
        }
        return repairs.lostBookieDelaySeconds()
                .thenCompose(seconds -> repairs.setLostBookieDelay(seconds.orElse(0)))
                .toCompletableFuture();
    }
}
