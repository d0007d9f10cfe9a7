package dev.daybook.server;

import dev.daybook.server.disk.DiskThresholds;
import dev.daybook.server.garbage.GarbageConfig;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.IdentityConfig;
import dev.daybook.server.net.NetConfig;
import dev.daybook.server.scrub.ScrubConfig;
import dev.daybook.server.shard.StorageConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything a {@link BookieServer} is told before it starts.
 *
 * @param version of this software, for people
 * @param folders where cookies are looked for; the same directories as in {@code storage}
 * @param http where the bookie's HTTP port can be reached, published with the registration
 * @param initialiseCluster whether a bookie that never joined a cluster may create the cluster's root
 * @param allowStorageExpansion whether empty ledger folders may be added to a bookie that has data
 * @param acceptDataLoss whether to start although data are gone, with the ledgers concerned in limbo
 * @param readOnly start read-only and stay so
 */
public record BookieServerConfig(
        String version,
        NetConfig net,
        IdentityConfig identity,
        BookieFolders folders,
        StorageConfig storage,
        DiskCheck disks,
        GarbageConfig garbage,
        ScrubConfig scrub,
        Optional<HttpAddress> http,
        boolean initialiseCluster,
        boolean allowStorageExpansion,
        boolean acceptDataLoss,
        boolean readOnly) {
    /** The defaults for a bookie with one data folder. */
    public static BookieServerConfig of(NetConfig net, IdentityConfig identity, BookieFolders folders) {
        return new BookieServerConfig(
                "",
                net,
                identity,
                folders,
                StorageConfig.of(folders.journal(), folders.ledger()),
                DiskCheck.DEFAULT,
                GarbageConfig.DEFAULT,
                ScrubConfig.DEFAULT,
                Optional.empty(),
                true,
                false,
                false,
                false);
    }

    public BookieServerConfig withVersion(String newVersion) {
        return new BookieServerConfig(
                newVersion,
                net,
                identity,
                folders,
                storage,
                disks,
                garbage,
                scrub,
                http,
                initialiseCluster,
                allowStorageExpansion,
                acceptDataLoss,
                readOnly);
    }

    public BookieServerConfig withDisks(DiskCheck newDisks) {
        return new BookieServerConfig(
                version,
                net,
                identity,
                folders,
                storage,
                newDisks,
                garbage,
                scrub,
                http,
                initialiseCluster,
                allowStorageExpansion,
                acceptDataLoss,
                readOnly);
    }

    public BookieServerConfig withDataLossAccepted() {
        return new BookieServerConfig(
                version,
                net,
                identity,
                folders,
                storage,
                disks,
                garbage,
                scrub,
                http,
                initialiseCluster,
                allowStorageExpansion,
                true,
                readOnly);
    }

    public BookieServerConfig withGarbage(GarbageConfig newGarbage) {
        return new BookieServerConfig(
                version,
                net,
                identity,
                folders,
                storage,
                disks,
                newGarbage,
                scrub,
                http,
                initialiseCluster,
                allowStorageExpansion,
                acceptDataLoss,
                readOnly);
    }

    public BookieServerConfig withScrub(ScrubConfig newScrub) {
        return new BookieServerConfig(
                version,
                net,
                identity,
                folders,
                storage,
                disks,
                garbage,
                newScrub,
                http,
                initialiseCluster,
                allowStorageExpansion,
                acceptDataLoss,
                readOnly);
    }

    public BookieServerConfig withHttp(HttpAddress address) {
        return new BookieServerConfig(
                version,
                net,
                identity,
                folders,
                storage,
                disks,
                garbage,
                scrub,
                Optional.of(address),
                initialiseCluster,
                allowStorageExpansion,
                acceptDataLoss,
                readOnly);
    }

    /** Where an HTTP port listens, as others reach it. */
    public record HttpAddress(String host, int port) {}

    /**
     * How disks are watched.
     *
     * @param highPriorityFreeBytes a read-only bookie still takes the writes of ledger recovery while some ledger
     *     directory has more than this free
     */
    public record DiskCheck(DiskThresholds thresholds, Duration interval, long highPriorityFreeBytes) {
        public static final DiskCheck DEFAULT = new DiskCheck(DiskThresholds.DEFAULT, Duration.ofSeconds(10), 1L << 30);

        public DiskCheck {
            if (interval.toMillis() < 1) {
                throw new IllegalArgumentException("interval must be positive, was " + interval);
            }
        }
    }
}
