package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.PlacementConfig;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.wire.Generation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration of the ledger client.
 *
 * @param enabled Whether to auto-configure the client.
 * @param metadataUri Metadata service of the cluster, such as "zk+longhierarchical://zk1:2181;zk2:2181/ledgers" or
 *     "etcd://etcd1:2379/ledgers", which needs the dependency daybook-metadata-etcd.
 */
@ConfigurationProperties("daybook")
public record DaybookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("zk://localhost:2181/ledgers") String metadataUri,
        @DefaultValue Metadata metadata,
        @DefaultValue Client client,
        @DefaultValue Ledger ledger,
        @DefaultValue Tls tls,
        @DefaultValue Auth auth) {

    /**
     * Settings of the connection to the metadata service.
     *
     * @param sessionTimeout Time after which the metadata service ends a session that it does not hear from.
     * @param operationTimeout Deadline of one operation on the metadata service.
     * @param username User to log in to the metadata service as; needs TLS.
     * @param password Password of the user.
     * @param tls TLS to the metadata service.
     */
    public record Metadata(
            @DefaultValue("10s") Duration sessionTimeout,
            @DefaultValue("10s") Duration operationTimeout,
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue MetadataTls tls) {

        /** Keeps the password out of logs. */
        @Override
        public String toString() {
            return "Metadata[sessionTimeout=" + sessionTimeout + ", operationTimeout=" + operationTimeout
                    + ", username=" + username + ", tls=" + tls + "]";
        }
    }

    /**
     * Settings of TLS to the metadata service, which is on when trusted certificates are given.
     *
     * @param trustedCertificates PEM file with the certificates of those who sign the certificates of the service.
     * @param certificate PEM file with the certificate that the client shows to the service.
     * @param privateKey PEM file with the key of the certificate, in PKCS#8 and not encrypted.
     * @param verifyHostName Whether a certificate of the service must be for the host in the metadata URI.
     */
    public record MetadataTls(
            @Nullable Path trustedCertificates,
            @Nullable Path certificate,
            @Nullable Path privateKey,
            @DefaultValue("true") boolean verifyHostName) {}

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
     * @param reads How entries are read.
     * @param placement How bookies are chosen for new ledgers and in place of failed ones.
     */
    public record Client(
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("5s") Duration addTimeout,
            @DefaultValue("5s") Duration readTimeout,
            @DefaultValue("64MB") DataSize maxPendingBytes,
            @DefaultValue("5MB") DataSize maxFrameBytes,
            @DefaultValue("v3") Generation protocol,
            @DefaultValue("2m") Duration appendTimeout,
            @DefaultValue("100ms") Duration explicitLacDelay,
            @DefaultValue Reads reads,
            @DefaultValue Placement placement) {}

    /**
     * How entries are read.
     *
     * @param hedgeDelay Time after which a read that was not answered is sent to another replica as well; 0 for never.
     * @param reorder Whether replicas that failed or are slow, read-only or gone are asked last.
     * @param sticky Whether one bookie serves all reads of a handle for as long as it is healthy.
     * @param batch Whether several entries may be asked for by one request.
     * @param repairHints Whether bad copies of closed ledgers, and those missed while writing, are marked for autorecovery.
     */
    public record Reads(
            @DefaultValue("500ms") Duration hedgeDelay,
            @DefaultValue("true") boolean reorder,
            @DefaultValue("false") boolean sticky,
            @DefaultValue("true") boolean batch,
            @DefaultValue("true") boolean repairHints) {}

    /**
     * How bookies are chosen.
     *
     * @param policy What to keep apart.
     * @param strict Whether to fail what the policy cannot place, instead of placing it as well as possible.
     * @param minimum Racks, regions or zones that every write quorum must span.
     * @param desiredZones Zones that every write quorum shall span where there are so many.
     * @param regions Regions to write to, none of which may hold an ack quorum of an entry; empty for all.
     * @param here Network location of this application, such as "/rack1" or "/region1/rack1".
     * @param locations Network locations by bookie id; they override those in the metadata service.
     * @param weighted Whether bookies with more free space are chosen more often.
     * @param weightsInterval Time between two questions for the free space of bookies.
     * @param quarantine Time for which a bookie that failed is avoided at first; 0 for not at all.
     * @param quarantineFailures Failed requests in a row after which a bookie that can be reached is avoided.
     */
    public record Placement(
            @DefaultValue("racks") PlacementConfig.Policy policy,
            @DefaultValue("false") boolean strict,
            @DefaultValue("2") int minimum,
            @DefaultValue("3") int desiredZones,
            @DefaultValue Set<String> regions,
            @Nullable String here,
            @DefaultValue Map<String, String> locations,
            @DefaultValue("false") boolean weighted,
            @DefaultValue("5m") Duration weightsInterval,
            @DefaultValue("60s") Duration quarantine,
            @DefaultValue("3") int quarantineFailures) {}

    /**
     * Settings of TLS to bookies, which is on when trusted certificates are given.
     *
     * @param trustedCertificates PEM file with the certificates of those who sign the bookies' certificates.
     * @param certificate PEM file with the certificate that the client shows to bookies that ask for one.
     * @param privateKey PEM file with the key of the certificate, in PKCS#8 and not encrypted.
     * @param verifyHostName Whether a bookie's certificate must be for the host that it is found under.
     * @param reloadInterval How often the files are looked at; changed ones are used for new connections.
     */
    public record Tls(
            @Nullable Path trustedCertificates,
            @Nullable Path certificate,
            @Nullable Path privateKey,
            @DefaultValue("true") boolean verifyHostName,
            @DefaultValue("10s") Duration reloadInterval) {}

    /**
     * How the client proves to bookies who it is.
     *
     * @param username User name for SASL DIGEST-MD5.
     * @param password Password for SASL DIGEST-MD5.
     * @param token Token that the bookies know; needs TLS.
     */
    public record Auth(
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("") String token) {

        /** Keeps the secrets out of logs. */
        @Override
        public String toString() {
            return "Auth[username=" + username + "]";
        }
    }

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
