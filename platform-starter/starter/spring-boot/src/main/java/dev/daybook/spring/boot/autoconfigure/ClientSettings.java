package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.PlacementConfig;
import dev.daybook.client.ReadConfig;
import dev.daybook.client.WriterConfig;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.util.unit.DataSize;

/** Translates properties into the client's own values, and its complaints into the names of the properties. */
final class ClientSettings {
    private static final DataSize FRAME_MIN = DataSize.ofKilobytes(4);
    private static final DataSize FRAME_MAX = DataSize.ofBytes(Integer.MAX_VALUE);

    private ClientSettings() {}

    /** @throws InvalidPropertyException naming the property */
    static ClientConfig config(LedgerConnectionDetails connection, DaybookProperties properties) {
        DaybookProperties.Client client = properties.client();
        DaybookProperties.Metadata metadata = properties.metadata();
        int maxFrameBytes = maxFrameBytes(client);
        ClientConfig config = new ClientConfig(
                metadataUri(connection.getMetadataUri()),
                positive("daybook.client.connect-timeout", client.connectTimeout()),
                positive("daybook.client.add-timeout", client.addTimeout()),
                positive("daybook.client.read-timeout", client.readTimeout()),
                positive("daybook.metadata.operation-timeout", metadata.operationTimeout()),
                positive("daybook.metadata.session-timeout", metadata.sessionTimeout()),
                maxPendingBytes(client),
                maxFrameBytes,
                client.protocol(),
                writes(client));
        return config.withReads(reads(client.reads()))
                .withPlacement(placement(client.placement()))
                .withSecurity(SecuritySettings.config(properties));
    }

    private static WriterConfig writes(DaybookProperties.Client client) {
        if (client.explicitLacDelay().isNegative()) {
            throw outOfRange(
                    "daybook.client.explicit-lac-delay must not be negative, but is "
                            + client.explicitLacDelay().toMillis() + "ms.",
                    "daybook.client.explicit-lac-delay");
        }
        return new WriterConfig(
                positive("daybook.client.append-timeout", client.appendTimeout()), client.explicitLacDelay());
    }

    private static ReadConfig reads(DaybookProperties.Reads reads) {
        return named(
                "daybook.client.reads",
                () -> new ReadConfig(
                        reads.hedgeDelay(), reads.reorder(), reads.sticky(), reads.batch(), reads.repairHints()));
    }

    private static PlacementConfig placement(DaybookProperties.Placement placement) {
        return named(
                "daybook.client.placement",
                () -> new PlacementConfig(
                        new PlacementConfig.Spread(
                                placement.policy(),
                                placement.strict(),
                                placement.minimum(),
                                placement.desiredZones(),
                                placement.regions()),
                        new PlacementConfig.Topology(Optional.ofNullable(placement.here()), placement.locations()),
                        new PlacementConfig.Weights(placement.weighted(), placement.weightsInterval()),
                        new PlacementConfig.Quarantine(placement.quarantine(), placement.quarantineFailures())));
    }

    /** Complaints of a record with properties of its own name the component; the group is added here. */
    private static <T> T named(String group, Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertyException(
                    "The properties under " + group + " cannot be used: " + e.getMessage() + ".",
                    "Correct the property of this name under " + group + ".",
                    e);
        }
    }

    private static MetadataUri metadataUri(String text) {
        try {
            return MetadataUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertyException(
                    "daybook.metadata-uri cannot be used: " + e.getMessage() + ".", "Correct daybook.metadata-uri.", e);
        }
    }

    private static Duration positive(String property, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw outOfRange(property + " must be longer than 0, but is " + value.toMillis() + "ms.", property);
        }
        return value;
    }

    private static int maxFrameBytes(DaybookProperties.Client client) {
        DataSize frame = client.maxFrameBytes();
        if (frame.compareTo(FRAME_MIN) < 0 || frame.compareTo(FRAME_MAX) > 0) {
            throw outOfRange(
                    "daybook.client.max-frame-bytes must be from 4KB to 2GB, but is " + frame + ".",
                    "daybook.client.max-frame-bytes");
        }
        return Math.toIntExact(frame.toBytes());
    }

    private static long maxPendingBytes(DaybookProperties.Client client) {
        DataSize pending = client.maxPendingBytes();
        if (pending.compareTo(client.maxFrameBytes()) < 0) {
            throw outOfRange(
                    "daybook.client.max-pending-bytes is " + pending
                            + ", so a frame of daybook.client.max-frame-bytes, " + client.maxFrameBytes()
                            + ", could never be sent.",
                    "daybook.client.max-pending-bytes");
        }
        return pending.toBytes();
    }

    /** @throws InvalidPropertyException naming the property */
    static LedgerSpec spec(DaybookProperties.Ledger ledger) {
        try {
            Quorum quorum = new Quorum(ledger.ensembleSize(), ledger.writeQuorum(), ledger.ackQuorum());
            return LedgerSpec.of(quorum).withDigest(ledger.digest()).withPassword(LedgerPassword.of(ledger.password()));
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertyException(
                    "daybook.ledger.ensemble-size=" + ledger.ensembleSize() + ", daybook.ledger.write-quorum="
                            + ledger.writeQuorum() + " and daybook.ledger.ack-quorum=" + ledger.ackQuorum()
                            + " do not fit together: the write quorum must not exceed the ensemble, the ack quorum must"
                            + " not exceed the write quorum, and it must be at least 1.",
                    "Correct these three properties, for example to 3, 3 and 2.",
                    e);
        }
    }

    private static InvalidPropertyException outOfRange(String message, String property) {
        return new InvalidPropertyException(
                message, "Correct " + property + ".", new IllegalArgumentException(message));
    }
}
