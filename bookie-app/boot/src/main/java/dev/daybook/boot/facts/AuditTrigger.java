package dev.daybook.boot.facts;

import dev.daybook.client.meta.RepairStore;
import java.util.concurrent.CompletableFuture;

/** How whoever is the auditor is told to look for lost bookies now. Source: auto-recovery specification, section 7.1. */
public final class AuditTrigger {
    private AuditTrigger() {}

    /** Writes the delay for lost bookies once more as it is, which auditors of every kind take for a call. */
    public static CompletableFuture<Void> pull(RepairStore repairs) {
        return repairs.lostBookieDelaySeconds()
                .thenCompose(seconds -> repairs.setLostBookieDelay(seconds.orElse(0)))
                .toCompletableFuture();
    }
}
