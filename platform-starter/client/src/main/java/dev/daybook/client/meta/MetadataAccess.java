package dev.daybook.client.meta;

import dev.daybook.client.security.MetadataSecurity;

/**
 * All that is needed to reach a metadata service.
 *
 * @param uri where it is
 * @param timeouts how long it is waited for
 * @param security how connections to it are secured
 */
public record MetadataAccess(MetadataUri uri, MetadataTimeouts timeouts, MetadataSecurity security) {
    /** In clear text. */
    public static MetadataAccess plain(MetadataUri uri, MetadataTimeouts timeouts) {
        return new MetadataAccess(uri, timeouts, MetadataSecurity.NONE);
    }
}
