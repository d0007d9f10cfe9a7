package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.security.ClientAuthentication;
import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.client.security.SaslDigest;
import dev.daybook.client.security.Secret;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.client.security.TlsConfig;
import dev.daybook.client.security.TokenAuthentication;
import java.util.Optional;

/** Translates the security properties, and its complaints into their names. */
final class SecuritySettings {
    private SecuritySettings() {}

    /** @throws InvalidPropertyException naming the property */
    static SecurityConfig config(DaybookProperties properties) {
        try {
            return new SecurityConfig(
                    tls(properties.tls()), authentication(properties.auth()), metadata(properties.metadata()));
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertyException(
                    "The security settings do not fit together: " + e.getMessage() + ".",
                    "Correct daybook.tls.*, daybook.auth.* and daybook.metadata.*.",
                    e);
        }
    }

    private static Optional<TlsConfig> tls(DaybookProperties.Tls tls) {
        return TlsConfig.of(
                        "daybook.tls",
                        Optional.ofNullable(tls.trustedCertificates()),
                        Optional.ofNullable(tls.certificate()),
                        Optional.ofNullable(tls.privateKey()))
                .map(config ->
                        config.withVerifyHostName(tls.verifyHostName()).withReloadInterval(tls.reloadInterval()));
    }

    private static MetadataSecurity metadata(DaybookProperties.Metadata metadata) {
        DaybookProperties.MetadataTls tls = metadata.tls();
        return MetadataSecurity.of(
                TlsConfig.of(
                                "daybook.metadata.tls",
                                Optional.ofNullable(tls.trustedCertificates()),
                                Optional.ofNullable(tls.certificate()),
                                Optional.ofNullable(tls.privateKey()))
                        .map(config -> config.withVerifyHostName(tls.verifyHostName())),
                metadata.username(),
                metadata.password());
    }

    private static Optional<ClientAuthentication> authentication(DaybookProperties.Auth auth) {
        boolean user = !auth.username().isEmpty();
        if (user == auth.password().isEmpty()) {
            throw new IllegalArgumentException(
                    "daybook.auth.username and daybook.auth.password are given together or not at all");
        }
        if (user && !auth.token().isEmpty()) {
            throw new IllegalArgumentException("daybook.auth.username and daybook.auth.token exclude each other");
        }
        if (user) {
            return Optional.of(new SaslDigest(auth.username(), Secret.of(auth.password())));
        }
        Secret token = Secret.of(auth.token());
        return auth.token().isEmpty() ? Optional.empty() : Optional.of(new TokenAuthentication(() -> token));
    }
}
