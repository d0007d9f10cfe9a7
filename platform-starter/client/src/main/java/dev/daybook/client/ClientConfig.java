package dev.daybook.client;

import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.protocol.wire.Generation;
import java.time.Duration;

/**
 * Settings of a {@link LedgerClient}.
 *
 * @param connectTimeout how long {@link LedgerClients#connect} and each bookie connection may take
 * @param addTimeout after which a bookie that did not acknowledge an entry is replaced
 * @param readTimeout after which the next replica is asked
 * @param metadataTimeout deadline of one metadata operation
 * @param sessionTimeout of the metadata service
 * @param maxPendingBytes unacknowledged payload bytes per client beyond which appends block
 * @param maxFrameBytes largest frame, must not exceed the bookies' limit
 * @param generation the encoding spoken to bookies
 * @param writes settings of writing ends
 * @param reads how entries are read
 * @param placement how bookies are chosen
 * @param security how connections to bookies are secured
 */
public record ClientConfig(
        MetadataUri metadataUri,
        Duration connectTimeout,
        Duration addTimeout,
        Duration readTimeout,
        Duration metadataTimeout,
        Duration sessionTimeout,
        long maxPendingBytes,
        int maxFrameBytes,
        Generation generation,
        WriterConfig writes,
        ReadConfig reads,
        PlacementConfig placement,
        SecurityConfig security) {
    public static final int DEFAULT_MAX_FRAME_BYTES = 5 * 1024 * 1024;

    public ClientConfig {
        positive("connectTimeout", connectTimeout);
        positive("addTimeout", addTimeout);
        positive("readTimeout", readTimeout);
        positive("metadataTimeout", metadataTimeout);
        positive("sessionTimeout", sessionTimeout);
        if (maxFrameBytes < 4096) {
            throw new IllegalArgumentException("maxFrameBytes must be at least 4096, was " + maxFrameBytes);
        }
        if (maxPendingBytes < maxFrameBytes) {
            throw new IllegalArgumentException(
                    "maxPendingBytes must be at least maxFrameBytes (" + maxFrameBytes + "), was " + maxPendingBytes);
        }
    }

    /** With the defaults of reading, placement and security. */
    public ClientConfig(
            MetadataUri metadataUri,
            Duration connectTimeout,
            Duration addTimeout,
            Duration readTimeout,
            Duration metadataTimeout,
            Duration sessionTimeout,
            long maxPendingBytes,
            int maxFrameBytes,
            Generation generation,
            WriterConfig writes) {
        this(
                metadataUri,
                connectTimeout,
                addTimeout,
                readTimeout,
                metadataTimeout,
                sessionTimeout,
                maxPendingBytes,
                maxFrameBytes,
                generation,
                writes,
                ReadConfig.DEFAULT,
                PlacementConfig.DEFAULT,
                SecurityConfig.NONE);
    }

    public static ClientConfig of(MetadataUri uri) {
        return new ClientConfig(
                uri,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                64L * 1024 * 1024,
                DEFAULT_MAX_FRAME_BYTES,
                Generation.V3,
                WriterConfig.DEFAULT);
    }

    public ClientConfig withGeneration(Generation newGeneration) {
        return with(newGeneration, writes, reads, placement, security);
    }

    public ClientConfig withWrites(WriterConfig newWrites) {
        return with(generation, newWrites, reads, placement, security);
    }

    public ClientConfig withReads(ReadConfig newReads) {
        return with(generation, writes, newReads, placement, security);
    }

    public ClientConfig withPlacement(PlacementConfig newPlacement) {
        return with(generation, writes, reads, newPlacement, security);
    }

    public ClientConfig withSecurity(SecurityConfig newSecurity) {
        return with(generation, writes, reads, placement, newSecurity);
    }

    /** The same timeouts and limits with other parts. */
    private ClientConfig with(
            Generation newGeneration,
            WriterConfig newWrites,
            ReadConfig newReads,
            PlacementConfig newPlacement,
            SecurityConfig newSecurity) {
        return new ClientConfig(
                metadataUri,
                connectTimeout,
                addTimeout,
                readTimeout,
                metadataTimeout,
                sessionTimeout,
                maxPendingBytes,
                maxFrameBytes,
                newGeneration,
                newWrites,
                newReads,
                newPlacement,
                newSecurity);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
