package dev.daybook.boot.bookie;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of a bookie.
 *
 * @param id Explicit bookie id; made of address and port if absent.
 * @param listenHost Address to bind.
 * @param port Port of the bookie protocol; 0 lets the operating system choose.
 * @param advertisedAddress Host or address that clients connect to.
 * @param allowLoopback Whether an address found out by itself may be a loopback address.
 * @param dataDir Folder for everything that is not given a folder of its own.
 * @param journalDirs Journal folders.
 * @param ledgerDirs Ledger folders.
 * @param maxFrameSize Largest frame accepted; clients must not use a larger one.
 * @param http Address of health, metrics and usage; nothing is served without a port.
 * @param initCluster Whether a bookie without data creates the cluster's root if it is missing.
 * @param allowStorageExpansion Whether empty ledger folders may be added to a bookie with data.
 * @param acceptDataLoss Whether to start although a disk came back empty or damaged, with the ledgers concerned in limbo.
 * @param readOnly Whether to start read-only and stay so.
 * @param connectTimeout How long a start waits for the metadata service.
 * @param sessionTimeout Of the metadata service.
 * @param gcInterval How often deleted ledgers are looked for.
 * @param disk How disks are watched.
 */
@ConfigurationProperties("daybook.bookie")
public record BookieProperties(
        @Nullable String id,
        @DefaultValue("0.0.0.0") String listenHost,
        @DefaultValue("3181") int port,
        @Nullable String advertisedAddress,
        boolean allowLoopback,
        @Nullable Path dataDir,
        @DefaultValue List<Path> journalDirs,
        @DefaultValue List<Path> ledgerDirs,
        @DefaultValue("5MB") DataSize maxFrameSize,
        @DefaultValue Http http,
        @DefaultValue("true") boolean initCluster,
        boolean allowStorageExpansion,
        boolean acceptDataLoss,
        boolean readOnly,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("10s") Duration sessionTimeout,
        @DefaultValue("15m") Duration gcInterval,
        @DefaultValue Disk disk) {
    public BookieProperties {
        journalDirs = List.copyOf(journalDirs);
        ledgerDirs = List.copyOf(ledgerDirs);
        check(port >= 0 && port <= 65535, "daybook.bookie.port must lie between 0 and 65535, was " + port);
        check(
                dataDir != null || (!journalDirs.isEmpty() && !ledgerDirs.isEmpty()),
                "daybook.bookie.data-dir is not set (and journal-dirs and ledger-dirs are not both given):"
                        + " say where the bookie keeps its data");
        check(
                maxFrameSize.toBytes() >= 4096 && maxFrameSize.toBytes() <= Integer.MAX_VALUE,
                "daybook.bookie.max-frame-size must lie between 4KB and 2GB, was " + maxFrameSize);
        check(positive(connectTimeout), "daybook.bookie.connect-timeout must be positive, was " + connectTimeout);
        check(positive(sessionTimeout), "daybook.bookie.session-timeout must be positive, was " + sessionTimeout);
        check(positive(gcInterval), "daybook.bookie.gc-interval must be positive, was " + gcInterval);
    }

    Optional<String> explicitId() {
        return Optional.ofNullable(id).filter(text -> !text.isBlank());
    }

    Optional<String> explicitAddress() {
        return Optional.ofNullable(advertisedAddress).filter(text -> !text.isBlank());
    }

    private static boolean positive(Duration duration) {
        return duration.toMillis() > 0;
    }

    private static void check(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /**
     * Address of health, metrics and usage.
     *
     * @param port Absent: nothing is served; 0 lets the operating system choose.
     * @param host Address to bind.
     */
    public record Http(
            @Nullable Integer port, @DefaultValue("0.0.0.0") String host) {
        public Http {
            check(
                    port == null || (port >= 0 && port <= 65535),
                    "daybook.bookie.http.port must lie between 0 and 65535, was " + port);
        }
    }

    /**
     * How disks are watched. Shares lie between 0 and 1.
     *
     * @param warnShare Used share at which the log warns.
     * @param fullShare Used share at which the bookie turns read-only.
     * @param resumeShare Used share below which it takes entries again.
     * @param checkInterval How often disks are looked at.
     * @param highPriorityFree A read-only bookie still takes the writes of ledger recovery while this much is free.
     */
    public record Disk(
            @DefaultValue("0.90") double warnShare,
            @DefaultValue("0.95") double fullShare,
            @DefaultValue("0.93") double resumeShare,
            @DefaultValue("10s") Duration checkInterval,
            @DefaultValue("1GB") DataSize highPriorityFree) {
        public Disk {
            check(
                    fullShare > 0 && fullShare < 1,
                    "daybook.bookie.disk.full-share must lie between 0 and 1, was " + fullShare);
            check(
                    warnShare > 0 && warnShare <= fullShare,
                    "daybook.bookie.disk.warn-share must lie between 0 and full-share, was " + warnShare);
            check(
                    resumeShare > 0 && resumeShare <= fullShare,
                    "daybook.bookie.disk.resume-share must lie between 0 and full-share, was " + resumeShare);
            check(positive(checkInterval), "daybook.bookie.disk.check-interval must be positive, was " + checkInterval);
        }
    }
}
