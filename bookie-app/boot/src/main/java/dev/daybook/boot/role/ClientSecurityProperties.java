package dev.daybook.boot.role;

import dev.daybook.client.security.ClientAuthentication;
import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.client.security.TlsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a role that is itself a client of the bookies talks to them, by the same properties as any client.
 *
 * @param tls How connections to bookies are encrypted.
 * @param auth How the role proves to bookies who it is.
 */
@ConfigurationProperties("daybook")
public record ClientSecurityProperties(
        @DefaultValue Tls tls, @DefaultValue Auth auth) {
    public ClientSecurityProperties {
        Optional<TlsConfig> unusedTls = tls.config();
        Optional<ClientAuthentication> unusedAuth = auth.authentication();
    }

    /** @param metadata how connections to the metadata service are secured */
    public SecurityConfig with(MetadataSecurity metadata) {
        return new SecurityConfig(tls.config(), auth.authentication(), metadata);
    }

    /**
     * TLS to bookies, which is on when trusted certificates are given.
     *
     * @param trustedCertificates PEM file with the certificates of those who sign the certificates of bookies.
     * @param certificate PEM file with the certificate that is shown to bookies.
     * @param privateKey PEM file with the key of the certificate, in PKCS#8 and not encrypted.
     * @param verifyHostName Whether a bookie's certificate must be for the host that it was reached at.
     * @param reloadInterval How often the files are looked at; changed ones are used for new connections.
     */
    public record Tls(
            @Nullable Path trustedCertificates,
            @Nullable Path certificate,
            @Nullable Path privateKey,
            @DefaultValue("true") boolean verifyHostName,
            @DefaultValue("10s") Duration reloadInterval) {
        Optional<TlsConfig> config() {
            return TlsConfig.of(
                            "daybook.tls",
                            Optional.ofNullable(trustedCertificates),
                            Optional.ofNullable(certificate),
                            Optional.ofNullable(privateKey))
                    .map(config -> config.withVerifyHostName(verifyHostName).withReloadInterval(reloadInterval));
        }
    }

    /**
     * Who the role is: a user with a password, or the holder of a token, or nobody in particular.
     *
     * @param username User, for SASL DIGEST-MD5.
     * @param password Password of the user.
     * @param token Token; needs TLS.
     */
    public record Auth(
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("") String token) {
        Optional<ClientAuthentication> authentication() {
            return ClientAuthentication.of(username, password, token);
        }

        /** Keeps secrets out of logs. */
        @Override
        public String toString() {
            return "Auth[username=" + username + "]";
        }
    }
}
