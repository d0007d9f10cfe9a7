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
        return with(newVersion, disks, garbage, scrub, http, acceptDataLoss);
    }

    public BookieServerConfig withDisks(DiskCheck newDisks) {
        return with(version, newDisks, garbage, scrub, http, acceptDataLoss);
    }

    public BookieServerConfig withGarbage(GarbageConfig newGarbage) {
        return with(version, disks, newGarbage, scrub, http, acceptDataLoss);
    }

    public BookieServerConfig withScrub(ScrubConfig newScrub) {
        return with(version, disks, garbage, newScrub, http, acceptDataLoss);
    }

    public BookieServerConfig withHttp(HttpAddress address) {
        return with(version, disks, garbage, scrub, Optional.of(address), acceptDataLoss);
    }

    public BookieServerConfig withDataLossAccepted() {
        return with(version, disks, garbage, scrub, http, true);
    }

    /** The same place and storage with other parts. */
    private BookieServerConfig with(
            String newVersion,
            DiskCheck newDisks,
            GarbageConfig newGarbage,
            ScrubConfig newScrub,
            Optional<HttpAddress> newHttp,
            boolean newAcceptDataLoss) {
        return new BookieServerConfig(
                newVersion,
                net,
                identity,
                folders,
                storage,
                newDisks,
                newGarbage,
                newScrub,
                newHttp,
                initialiseCluster,
                allowStorageExpansion,
                newAcceptDataLoss,
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
