package dev.daybook.boot.bookie;

import dev.daybook.boot.role.ClientSecurityProperties;
import dev.daybook.boot.role.MetadataProperties;
import dev.daybook.client.ClientConfig;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.MetadataConnector;
import dev.daybook.server.refill.Refill;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Lets the bookie get back what it has lost, from when it serves until it stops. */
final class RefillLifecycle implements SmartLifecycle {
    private final BookieProperties properties;
    private final BookieLifecycle bookie;
    private final ClientConfig client;
    private final MetadataConnector metadata;
    private final BookieMetrics metrics;
    private volatile @Nullable Refill refill;

    RefillLifecycle(
            BookieProperties properties,
            BookieLifecycle bookie,
            ClientConfig client,
            MetadataConnector metadata,
            BookieMetrics metrics) {
        this.properties = properties;
        this.bookie = bookie;
        this.client = client;
        this.metadata = metadata;
        this.metrics = metrics;
    }

    /** How a bookie reaches bookies: as auto-recovery does, and any client. */
    static ClientConfig client(MetadataProperties cluster, ClientSecurityProperties security) {
        return ClientConfig.of(cluster.uri())
                .withSecurity(security.with(cluster.metadata().security()));
    }

    @Override
    public void start() {
        refill = Refill.start(properties.refilling(), bookie.server().orElseThrow(), client, metadata, metrics);
    }

    /** While it runs. */
    Optional<Refill> refill() {
        return Optional.ofNullable(refill);
    }

    @Override
    public void stop() {
        Refill running = refill;
        refill = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return refill != null;
    }

    /** After the bookie, and ended before it. */
    @Override
    public int getPhase() {
        return BookieLifecycle.PHASE + 1;
    }
}
