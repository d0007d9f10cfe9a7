package dev.daybook.client.meta;

import java.time.Duration;

/**
 * How long a metadata store waits.
 *
 * @param connect limit of opening the store
 * @param session how long the service keeps the registrations and locks of a process that it does not hear of; a service
 *     may round it to whole seconds
 * @param operation deadline of each later operation
 */
public record MetadataTimeouts(Duration connect, Duration session, Duration operation) {
    public MetadataTimeouts {
        positive("connect", connect);
        positive("session", session);
        positive("operation", operation);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "the " + name + " timeout of the metadata service must be positive, was " + value);
        }
    }
}
