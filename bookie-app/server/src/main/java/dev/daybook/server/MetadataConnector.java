package dev.daybook.server;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore;

/** Opens the bookie's session with the metadata service. */
public interface MetadataConnector {
    /**
     * Blocks until the service answers. A failure leaves nothing behind.
     *
     * @param mayInitialise create the cluster's root if it is missing
     * @throws LedgerException when there is no service or no usable cluster in it
     */
    MetadataStore connect(boolean mayInitialise);
}
