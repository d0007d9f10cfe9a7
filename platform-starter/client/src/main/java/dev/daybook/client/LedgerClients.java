package dev.daybook.client;

import dev.daybook.metrics.ClientMetrics;

/** Makes {@link LedgerClient}s. */
public final class LedgerClients {
    private LedgerClients() {}

    /** As {@link #connect(ClientConfig, ClientMetrics)}, without measuring. */
    public static LedgerClient connect(ClientConfig config) {
        return connect(config, ClientMetrics.NONE);
    }

    /**
     * Connects to the metadata service and waits until it answers. When this fails nothing is left behind: no thread,
     * no connection.
     *
     * @throws LedgerException with reason {@code METADATA_UNAVAILABLE} or {@code TIMEOUT}
     */
    @SuppressWarnings("DoNotCallSuggester") // Only until the ZooKeeper store can be connected here.
    public static LedgerClient connect(ClientConfig config, ClientMetrics metrics) {
        throw new LedgerException(
                LedgerException.Reason.METADATA_UNAVAILABLE, "not wired yet: " + config.metadataUri());
    }
}
