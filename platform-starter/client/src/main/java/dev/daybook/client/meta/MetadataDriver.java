package dev.daybook.client.meta;

import dev.daybook.client.LedgerException;

/**
 * Opens metadata stores of one kind of service. Drivers in other modules are found through {@link
 * java.util.ServiceLoader}, so that nobody carries the client library of a service that is not used.
 */
public interface MetadataDriver {
    /** The scheme of the URIs that the driver serves, in lower case. */
    String scheme();

    /**
     * Connects to a cluster and waits until the service answers. When this fails nothing is left behind: no thread, no
     * connection.
     *
     * @param mayInitialise create the cluster if there is none
     * @throws LedgerException if the service does not answer or holds no usable cluster
     */
    MetadataStore connect(MetadataAccess access, boolean mayInitialise);

    /**
     * Creates the cluster that the URI names unless it exists.
     *
     * @return true if it was created by this call
     * @throws LedgerException if the service does not answer or refuses
     */
    boolean initialise(MetadataAccess access);

    /**
     * Whether there is a cluster where the URI says.
     *
     * @throws LedgerException if the service does not answer or refuses
     */
    boolean exists(MetadataAccess access);

    /**
     * Forgets every ledger, cookie, mark and record of the cluster, and gives it a new instance id, so that no bookie of
     * before can join with its data. Nodes that nobody here knows stay. The new id comes first: whoever is interrupted
     * does the same again with that one.
     *
     * @param instanceId of the cluster that is meant; empty text if it has none
     * @return the new instance id
     * @throws LedgerException with {@code METADATA_CONFLICT} and without a change if a bookie is registered or the
     *     cluster is another one
     */
    String format(MetadataAccess access, String instanceId);
}
