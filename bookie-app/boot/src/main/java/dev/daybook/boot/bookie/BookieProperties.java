package dev.daybook.boot.bookie;

import dev.daybook.boot.admin.AdminToken;
import dev.daybook.engine.compaction.CompactionRule;
import dev.daybook.engine.compaction.CompactionRules;
import dev.daybook.engine.compaction.DiskBrake;
import dev.daybook.engine.garbage.DeletionLimit;
import dev.daybook.server.garbage.GarbageConfig;
import dev.daybook.server.refill.RefillConfig;
import dev.daybook.server.scrub.ScrubConfig;
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
 * @param writeCacheSize Memory for entries that wait for the next flush; by default a third of the direct memory, at most
 *     128MB.
 * @param inFlightSize Memory for requests under way and answers not yet sent, and once more for entries on their way to
 *     the write cache; by default an eighth of the direct memory, at most 32MB.
 * @param http Address of health, metrics and usage; nothing is served without a port.
 * @param initCluster Whether a bookie without data creates the cluster's root if it is missing.
 * @param allowStorageExpansion Whether empty ledger folders may be added to a bookie with data.
 * @param acceptDataLoss Whether to start although a disk came back empty or damaged, with the ledgers concerned in limbo.
 * @param readOnly Whether to start read-only and stay so.
 * @param connectTimeout How long a start waits for the metadata service.
 * @param sessionTimeout Of the metadata service.
 * @param gcInterval How often deleted ledgers are looked for.
 * @param gc How deleted and misplaced ledgers are dropped.
 * @param scrub How everything is read back to find damage.
 * @param refill How entries that were lost here come back from other bookies.
 * @param compaction How entry logs are rewritten without their dead entries.
 * @param disk How disks are watched.
 * @param journal How journals are written.
 * @param tls How connections are encrypted.
 * @param auth How clients prove who they are.
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
        @Nullable DataSize writeCacheSize,
        @Nullable DataSize inFlightSize,
        @DefaultValue Http http,
        @DefaultValue("true") boolean initCluster,
        boolean allowStorageExpansion,
        boolean acceptDataLoss,
        boolean readOnly,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("10s") Duration sessionTimeout,
        @DefaultValue("15m") Duration gcInterval,
        @DefaultValue Gc gc,
        @DefaultValue Scrub scrub,
        @DefaultValue Refill refill,
        @DefaultValue Compaction compaction,
        @DefaultValue Disk disk,
        @DefaultValue Journal journal,
        @DefaultValue Tls tls,
        @DefaultValue Auth auth) {
    private static final long MEMORY_BYTES_MIN = 4L << 20;

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
        check(
                writeCacheSize == null || writeCacheSize.toBytes() >= MEMORY_BYTES_MIN,
                "daybook.bookie.write-cache-size must be at least 4MB, was " + writeCacheSize);
        check(
                inFlightSize == null
                        || inFlightSize.toBytes() >= Math.max(MEMORY_BYTES_MIN, 2 * maxFrameSize.toBytes()),
                "daybook.bookie.in-flight-size must be at least 4MB and twice daybook.bookie.max-frame-size, was "
                        + inFlightSize);
        check(positive(connectTimeout), "daybook.bookie.connect-timeout must be positive, was " + connectTimeout);
        check(positive(sessionTimeout), "daybook.bookie.session-timeout must be positive, was " + sessionTimeout);
        check(positive(gcInterval), "daybook.bookie.gc-interval must be positive, was " + gcInterval);
        scrubbing(scrub);
        refilling(refill);
        garbage(gcInterval, gc, compaction, disk); // Refuses what does not fit together.
    }

    /** Where the token of operators is kept; empty if nobody said where. */
    Optional<Path> tokenFile() {
        return Optional.ofNullable(http.tokenFile())
                .or(() -> Optional.ofNullable(dataDir).map(folder -> folder.resolve(AdminToken.FILE_NAME)));
    }

    ScrubConfig scrubbing() {
        return scrubbing(scrub);
    }

    private static ScrubConfig scrubbing(Scrub scrub) {
        return new ScrubConfig(scrub.interval(), scrub.rate().toBytes());
    }

    RefillConfig refilling() {
        return refilling(refill);
    }

    private static RefillConfig refilling(Refill refill) {
        RefillConfig waits = RefillConfig.DEFAULT;
        return new RefillConfig(
                refill.rate().toBytes(), refill.ledgersAtOnce(), refill.gracePeriod(), waits.pause(), waits.pauseMax());
    }

    GarbageConfig garbage() {
        return garbage(gcInterval, gc, compaction, disk);
    }

    private static GarbageConfig garbage(Duration interval, Gc gc, Compaction compaction, Disk disk) {
        return new GarbageConfig(
                interval,
                new DeletionLimit(gc.maxDeletedShare(), DeletionLimit.DEFAULT.ledgersMin()),
                gc.tombstones(),
                gc.overReplicatedInterval(),
                gc.metadataReadsPerSecond(),
                new GarbageConfig.Compaction(
                        new CompactionRules(
                                compaction.minor().rule(), compaction.major().rule()),
                        compaction.rate().toBytes(),
                        compaction.entriesPerSecond(),
                        compaction.reserve().toBytes(),
                        new DiskBrake.Shares(disk.warnShare(), disk.fullShare(), disk.resumeShare())));
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
     * @param tokenFile File with the token of operators, made with a random one if it is missing; by default admin-token in
     *     the data folder.
     * @param tokenRequired Whether operators must show the token.
     */
    public record Http(
            @Nullable Integer port,
            @DefaultValue("0.0.0.0") String host,
            @Nullable Path tokenFile,
            @DefaultValue("true") boolean tokenRequired) {
        public Http {
            check(
                    port == null || (port >= 0 && port <= 65535),
                    "daybook.bookie.http.port must lie between 0 and 65535, was " + port);
        }
    }

    /**
     * How deleted and misplaced ledgers are dropped.
     *
     * @param maxDeletedShare Share of the ledgers held here, 0 to 1, beyond which a pass deletes nothing unless told to.
     * @param tombstones How long a deleted ledger is remembered at least.
     * @param overReplicatedInterval How often copies are looked for that belong elsewhere; 0s switches it off.
     * @param metadataReadsPerSecond Metadata of single ledgers read per second at most.
     */
    public record Gc(
            @DefaultValue("0.5") double maxDeletedShare,
            @DefaultValue("7d") Duration tombstones,
            @DefaultValue("24h") Duration overReplicatedInterval,
            @DefaultValue("1000") int metadataReadsPerSecond) {}

    /**
     * How entry logs are rewritten without their dead entries.
     *
     * @param minor The frequent kind, which pays at once.
     * @param major The rare kind, which is content with less.
     * @param rate Bytes copied per second at most; 0 for no limit.
     * @param entriesPerSecond Entries copied per second at most; 0 for no limit.
     * @param reserve Space of each ledger disk that copies leave free at least; what flushes need stays free in any case.
     */
    public record Compaction(
            @DefaultValue Minor minor,
            @DefaultValue Major major,
            @DefaultValue("16MB") DataSize rate,
            @DefaultValue("0") long entriesPerSecond,
            @DefaultValue("64MB") DataSize reserve) {}

    /**
     * The frequent kind of compaction.
     *
     * @param threshold Live share of an entry log below which it is rewritten; 0 switches it off.
     * @param interval At most this often; 0s only when an operator asks.
     * @param maxTime A run that took longer begins no further entry log; 0s for no limit.
     */
    public record Minor(
            @DefaultValue("0.2") double threshold,
            @DefaultValue("1h") Duration interval,
            @DefaultValue("0s") Duration maxTime) {
        CompactionRule rule() {
            return new CompactionRule(threshold, interval.toMillis(), maxTime.toMillis());
        }
    }

    /**
     * The rare kind of compaction.
     *
     * @param threshold Live share of an entry log below which it is rewritten; 0 switches it off.
     * @param interval At most this often; 0s only when an operator asks.
     * @param maxTime A run that took longer begins no further entry log; 0s for no limit.
     */
    public record Major(
            @DefaultValue("0.8") double threshold,
            @DefaultValue("24h") Duration interval,
            @DefaultValue("0s") Duration maxTime) {
        CompactionRule rule() {
            return new CompactionRule(threshold, interval.toMillis(), maxTime.toMillis());
        }
    }

    /**
     * How disks are watched. Shares lie between 0 and 1.
     *
     * @param warnShare Used share at which the log warns.
     * @param fullShare Used share at which the bookie turns read-only.
     * @param resumeShare Used share below which it takes entries again.
     * @param checkInterval How often disks are looked at.
     * @param highPriorityFree A read-only bookie still takes the writes of ledger recovery, and its own entries back, while this much is free.
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

    /**
     * How journals are written.
     *
     * @param fileSize Size of a journal file.
     * @param direct Whether to go around the page cache, where the file system can do that.
     * @param replayMax Journal without a checkpoint after which one is made; bounds how long a start takes.
     */
    public record Journal(
            @DefaultValue("64MB") DataSize fileSize,
            @DefaultValue("true") boolean direct,
            @DefaultValue("256MB") DataSize replayMax) {
        public Journal {
            check(
                    fileSize.toMegabytes() >= 8 && fileSize.toMegabytes() <= 1024,
                    "daybook.bookie.journal.file-size must lie between 8MB and 1GB, was " + fileSize);
            check(
                    replayMax.compareTo(fileSize) >= 0,
                    "daybook.bookie.journal.replay-max must not be less than journal.file-size, was " + replayMax);
        }
    }

    /**
     * How connections are encrypted. On when a certificate is given.
     *
     * @param certificate PEM file with the bookie's certificate, then those between it and its authority.
     * @param privateKey PEM file with the key of the certificate, in PKCS#8 and not encrypted.
     * @param clientAuthorities PEM file with the certificates of those who sign the certificates of clients.
     * @param clientCertificateRequired Whether a client must show a certificate.
     * @param required Whether requests in clear text are refused.
     * @param reloadInterval How often the files are looked at; changed ones are used for new connections.
     */
    public record Tls(
            @Nullable Path certificate,
            @Nullable Path privateKey,
            @Nullable Path clientAuthorities,
            boolean clientCertificateRequired,
            @DefaultValue("true") boolean required,
            @DefaultValue("10s") Duration reloadInterval) {}

    /**
     * How clients prove who they are. Everybody is served if neither is given.
     *
     * @param usersFile File with lines user=password, for SASL DIGEST-MD5.
     * @param tokensFile File with lines name=token; needs TLS.
     * @param reloadInterval How often the file is looked at, when clients come; a changed one is used for them.
     */
    public record Auth(
            @Nullable Path usersFile,
            @Nullable Path tokensFile,
            @DefaultValue("10s") Duration reloadInterval) {
        public Auth {
            check(
                    !reloadInterval.isNegative(),
                    "daybook.bookie.auth.reload-interval must not be negative, was " + reloadInterval);
        }
    }

    /**
     * How entries that were lost here come back from other bookies.
     *
     * @param enabled Whether the bookie copies them itself; otherwise they are unknown here until an operator ends that.
     * @param rate Bytes read per second for that, at most; 0: no limit.
     * @param ledgersAtOnce Ledgers under way at the same time.
     * @param gracePeriod How long the writer of an open ledger is left alone before the ledger is closed by recovery.
     */
    public record Refill(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("64MB") DataSize rate,
            @DefaultValue("8") int ledgersAtOnce,
            @DefaultValue("30s") Duration gracePeriod) {}

    /**
     * How everything is read back to find damage.
     *
     * @param interval From the end of a round to the beginning of the next; 0: only when asked for.
     * @param rate Read per second, at most; 0: no limit.
     */
    public record Scrub(
            @DefaultValue("1d") Duration interval,
            @DefaultValue("16MB") DataSize rate) {}
}
