package dev.daybook.boot.admin;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import org.jspecify.annotations.Nullable;

/**
 * A client of the cluster for what operators ask that the metadata service does not know. It connects when it is first
 * needed, so that a bookie whose operators never ask holds no session for them. Thread-safe.
 */
public final class OperatorClient implements AutoCloseable {
    private final ClientConfig config;
    private @Nullable LedgerClient client;
    private boolean closed;

    public OperatorClient(ClientConfig config) {
        this.config = config;
    }

    /** Waits until the metadata service answers, the first time. */
    synchronized LedgerClient get() {
        if (closed) {
            throw new RunningBookie.BookieAway();
        }
        LedgerClient present = client;
        if (present == null) {
            present = LedgerClients.connect(config);
            client = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
