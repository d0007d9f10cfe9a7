package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.wire.Generation;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration of the ledger client.
 *
 * @param enabled Whether to auto-configure the client.
 * @param metadataUri Metadata service of the cluster, such as "zk+longhierarchical://zk1:2181;zk2:2181/ledgers".
 */
@ConfigurationProperties("daybook")
public record DaybookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("zk://localhost:2181/ledgers") String metadataUri,
        @DefaultValue Metadata metadata,
        @DefaultValue Client client,
        @DefaultValue Ledger ledger) {

    /**
     * Settings of the connection to the metadata service.
     *
     * @param sessionTimeout Time after which the metadata service ends a session that it does not hear from.
     * @param operationTimeout Deadline of one operation on the metadata service.
     */
    public record Metadata(
            @DefaultValue("10s") Duration sessionTimeout,
            @DefaultValue("10s") Duration operationTimeout) {}

    /**
     * Settings of the connections to bookies.
     *
     * @param connectTimeout Time to connect to the metadata service at start-up and to a bookie.
     * @param addTimeout Time after which a bookie that did not acknowledge an entry is replaced.
     * @param readTimeout Time after which the next replica of an entry is asked.
     * @param maxPendingBytes Unacknowledged payload beyond which an append waits.
     * @param maxFrameBytes Largest frame sent to a bookie; must not exceed the limit of the bookies.
     * @param protocol Encoding of the requests to bookies.
     * @param appendTimeout Time after which an append that is not acknowledged fails; its entry may be stored later.
     * @param explicitLacDelay Time after which a silent writer tells its last confirmed entry to the bookies, so that
     *     readers see it; 0 never does.
     */
    public record Client(
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("5s") Duration addTimeout,
            @DefaultValue("5s") Duration readTimeout,
            @DefaultValue("64MB") DataSize maxPendingBytes,
            @DefaultValue("5MB") DataSize maxFrameBytes,
            @DefaultValue("v3") Generation protocol,
            @DefaultValue("2m") Duration appendTimeout,
            @DefaultValue("100ms") Duration explicitLacDelay) {}

    /**
     * What new ledgers are by default.
     *
     * @param ensembleSize Number of bookies that entries are spread over.
     * @param writeQuorum Number of bookies that each entry is written to.
     * @param ackQuorum Number of bookies that must have an entry on disk before it is acknowledged.
     * @param digest Protection of the bytes of an entry.
     * @param password Password that new ledgers get and ledgers are opened with.
     */
    public record Ledger(
            @DefaultValue("3") int ensembleSize,
            @DefaultValue("2") int writeQuorum,
            @DefaultValue("2") int ackQuorum,
            @DefaultValue("crc32c") DigestType digest,
            @DefaultValue("") String password) {

        /** Keeps the password out of logs. */
        @Override
        public String toString() {
            return "Ledger[ensembleSize=" + ensembleSize + ", writeQuorum=" + writeQuorum + ", ackQuorum=" + ackQuorum
                    + ", digest=" + digest + "]";
        }
    }
}
