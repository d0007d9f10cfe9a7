package dev.daybook.client.meta;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.zookeeper.ZooKeeperMetadataDriver;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Opens the metadata store that a URI names, by the driver for its scheme. */
public final class MetadataStores {
    private MetadataStores() {}

    /** As {@link MetadataDriver#connect}. */
    public static MetadataStore connect(MetadataAccess access) {
        return driverFor(access.uri()).connect(access, false);
    }

    /** In clear text. */
    public static MetadataStore connect(MetadataUri uri, MetadataTimeouts timeouts) {
        return connect(MetadataAccess.plain(uri, timeouts));
    }

    /** As {@link #connect}, but creates the cluster first if there is none: for development and for first starts. */
    public static MetadataStore connectOrInitialise(MetadataAccess access) {
        return driverFor(access.uri()).connect(access, true);
    }

    /** In clear text. */
    public static MetadataStore connectOrInitialise(MetadataUri uri, MetadataTimeouts timeouts) {
        return connectOrInitialise(MetadataAccess.plain(uri, timeouts));
    }

    /** As {@link MetadataDriver#initialise}. */
    public static boolean initialise(MetadataAccess access) {
        return driverFor(access.uri()).initialise(access);
    }

    /** In clear text. */
    public static boolean initialise(MetadataUri uri, MetadataTimeouts timeouts) {
        return initialise(MetadataAccess.plain(uri, timeouts));
    }

    /** As {@link MetadataDriver#exists}. */
    public static boolean exists(MetadataAccess access) {
        return driverFor(access.uri()).exists(access);
    }

    /** As {@link MetadataDriver#format}. */
    public static String format(MetadataAccess access, String instanceId) {
        return driverFor(access.uri()).format(access, instanceId);
    }

    private static MetadataDriver driverFor(MetadataUri uri) {
        if (uri.scheme().equals(ZooKeeperMetadataDriver.SCHEME)) {
            return new ZooKeeperMetadataDriver();
        }
        return findIn(Thread.currentThread().getContextClassLoader(), uri.scheme())
                .or(() -> findIn(MetadataDriver.class.getClassLoader(), uri.scheme()))
                .orElseThrow(() -> new LedgerException(
                        Reason.BAD_ARGUMENT,
                        "No driver for the metadata service " + uri + " is on the class path; add the dependency"
                                + " dev.daybook:daybook-metadata-" + uri.scheme() + "."));
    }

    private static Optional<MetadataDriver> findIn(ClassLoader classes, String scheme) {
        try {
            return ServiceLoader.load(MetadataDriver.class, classes).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(driver -> driver.scheme().equals(scheme))
                    .findFirst();
        } catch (ServiceConfigurationError e) {
            throw new LedgerException(
                    Reason.BAD_ARGUMENT,
                    "A driver for a metadata service on the class path cannot be used (" + e.getMessage()
                            + "); use modules of one version.",
                    e);
        }
    }
}
