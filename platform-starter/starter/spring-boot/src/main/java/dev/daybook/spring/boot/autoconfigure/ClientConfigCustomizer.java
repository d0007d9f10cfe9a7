package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.ClientConfig;

/** Changes what the properties say before the client connects. Beans of this type are applied in their order. */
@FunctionalInterface
public interface ClientConfigCustomizer {
    ClientConfig customize(ClientConfig config);
}
