package dev.daybook.console.cluster;

import dev.daybook.client.LedgerAdmin;
import java.util.concurrent.CompletableFuture;

/** Gives access to the cluster once there is a connection. Never blocks; thread-safe. */
public interface AdminSource {
    /** Fails with a {@code LedgerException} when the connection attempt did; a later call tries again. */
    CompletableFuture<LedgerAdmin> admin();
}
