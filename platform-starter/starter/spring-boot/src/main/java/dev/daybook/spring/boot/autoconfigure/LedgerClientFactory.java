package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.metrics.ClientMetrics;

/** Makes the client. Tests put a bean here that needs no cluster. */
@FunctionalInterface
public interface LedgerClientFactory {
    /** @throws dev.daybook.client.LedgerException if the metadata service does not answer */
    LedgerClient connect(ClientConfig config, ClientMetrics metrics);
}
