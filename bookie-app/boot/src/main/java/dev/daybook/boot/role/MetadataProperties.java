package dev.daybook.boot.role;

import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.client.security.TlsConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the cluster is.
 *
 * @param metadataUri Metadata service, like {@code zk+longhierarchical://zk1:2181/ledgers}.
 * @param metadata How connections to it are secured.
 */
@ConfigurationProperties("daybook")
public record MetadataProperties(
        @Nullable String metadataUri, @DefaultValue Metadata metadata) {
    public MetadataProperties {
        if (metadataUri == null || metadataUri.isBlank()) {
            throw new IllegalArgumentException("daybook.metadata-uri (--metadata-uri) is not set: write it like"
                    + " zk+longhierarchical://zk1:2181/ledgers");
        }
        check(metadataUri);
        MetadataSecurity unused = metadata.security();
    }

    private static void check(String text) {
        try {
            MetadataUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("daybook.metadata-uri (--metadata-uri) is wrong: " + e.getMessage(), e);
        }
    }

    public MetadataUri uri() {
        return MetadataUri.parse(String.valueOf(metadataUri));
    }

    /**
     * How connections to the metadata service are secured.
     *
     * @param username User to log in as; needs TLS.
     * @param password Password of the user.
     * @param tls Files.
     */
    public record Metadata(
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue Tls tls) {
        public MetadataSecurity security() {
            return MetadataSecurity.of(tls.config(), username, password);
        }

        /** Keeps the password out of logs. */
        @Override
        public String toString() {
            return "Metadata[username=" + username + ", tls=" + tls + "]";
        }
    }

    /**
     * TLS to the metadata service, which is on when trusted certificates are given.
     *
     * @param trustedCertificates PEM file with the certificates of those who sign the certificates of the service.
     * @param certificate PEM file with the certificate that the bookie shows to the service.
     * @param privateKey PEM file with the key of the certificate, in PKCS#8 and not encrypted.
     * @param verifyHostName Whether a certificate of the service must be for the host in the metadata URI.
     */
    public record Tls(
            @Nullable Path trustedCertificates,
            @Nullable Path certificate,
            @Nullable Path privateKey,
            @DefaultValue("true") boolean verifyHostName) {
        Optional<TlsConfig> config() {
            return TlsConfig.of(
                            "daybook.metadata.tls",
                            Optional.ofNullable(trustedCertificates),
                            Optional.ofNullable(certificate),
                            Optional.ofNullable(privateKey))
                    .map(config -> config.withVerifyHostName(verifyHostName));
        }
    }
}
