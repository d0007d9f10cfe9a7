package dev.daybook.boot.role;

import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.server.MetadataConnector;
import java.time.Duration;

/** Where roles get their session with the metadata service. */
public final class Connectors {
    /** How long a role waits for the metadata service unless it is told otherwise. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** How long one operation of the metadata service may take. */
    public static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(10);

    private Connectors() {}

    /** Connects to whatever service the URI names, in clear text. */
    public static MetadataConnector to(MetadataUri uri, Duration connectTimeout, Duration sessionTimeout) {
        return to(uri, connectTimeout, sessionTimeout, MetadataSecurity.NONE);
    }

    /** Connects to whatever service the URI names. */
    public static MetadataConnector to(
            MetadataUri uri, Duration connectTimeout, Duration sessionTimeout, MetadataSecurity security) {
        MetadataAccess access = new MetadataAccess(
                uri, new MetadataTimeouts(connectTimeout, sessionTimeout, OPERATION_TIMEOUT), security);
        return mayInitialise ->
                mayInitialise ? MetadataStores.connectOrInitialise(access) : MetadataStores.connect(access);
    }
}
