package dev.daybook.boot.autorecovery;

import dev.daybook.boot.role.ClientSecurityProperties;
import dev.daybook.boot.role.Connectors;
import dev.daybook.boot.role.MetadataProperties;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.server.autorecovery.AutoRecovery;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts auto-recovery after the bookie that it runs in, if any, and ends it first. */
public final class AutoRecoveryLifecycle implements SmartLifecycle {
    private final AutoRecoveryProperties properties;
    private final MetadataProperties cluster;
    private final ClientSecurityProperties security;
    private final Supplier<String> name;
    private final RecoveryMetrics metrics;
    private volatile @Nullable AutoRecovery recovery;

    /** @param name asked for at the start, unless the properties say one */
    public AutoRecoveryLifecycle(
            AutoRecoveryProperties properties,
            MetadataProperties cluster,
            ClientSecurityProperties security,
            Supplier<String> name,
            RecoveryMetrics metrics) {
        this.properties = properties;
        this.cluster = cluster;
        this.security = security;
        this.name = name;
        this.metrics = metrics;
    }

    @Override
    public void start() {
        MetadataStore store;
        try {
            store = Connectors.to(
                            cluster.uri(),
                            properties.connectTimeout(),
                            properties.sessionTimeout(),
                            cluster.metadata().security())
                    .connect(false);
        } catch (LedgerException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
        recovery = AutoRecovery.start(
                AutoRecoverySettings.of(properties, name.get()),
                AutoRecoverySettings.client(properties, cluster.uri())
                        .withSecurity(security.with(cluster.metadata().security())),
                store,
                metrics);
    }

    /** While it runs. */
    public Optional<AutoRecovery> recovery() {
        return Optional.ofNullable(recovery);
    }

    @Override
    public void stop() {
        AutoRecovery running = recovery;
        recovery = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return recovery != null;
    }

    /** After the bookie. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 512;
    }
}
