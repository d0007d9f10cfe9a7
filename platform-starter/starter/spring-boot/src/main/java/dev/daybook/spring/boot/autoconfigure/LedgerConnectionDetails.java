package dev.daybook.spring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where the cluster is. A bean of this type wins over the properties. */
public interface LedgerConnectionDetails extends ConnectionDetails {
    /** In the form of {@link dev.daybook.client.meta.MetadataUri}. */
    String getMetadataUri();
}
