package dev.daybook.client;

import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
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
    public static LedgerClient connect(ClientConfig config, ClientMetrics metrics) {
        MetadataTimeouts timeouts =
                new MetadataTimeouts(config.connectTimeout(), config.sessionTimeout(), config.metadataTimeout());
        MetadataStore store = MetadataStores.connect(new MetadataAccess(
                config.metadataUri(), timeouts, config.security().metadata()));
        try {
            return new LoopLedgerClient(config, store, metrics);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }
}
