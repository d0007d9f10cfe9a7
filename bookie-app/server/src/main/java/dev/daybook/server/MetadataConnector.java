package dev.daybook.server;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore;

/** Opens the bookie's session with the metadata service. */
public interface MetadataConnector {
    /**
     * Blocks until the service answers. A failure leaves nothing behind.
     *
     * @throws LedgerException with reason {@code METADATA_UNAVAILABLE} or {@code TIMEOUT}
     */
    MetadataStore connect();
}
