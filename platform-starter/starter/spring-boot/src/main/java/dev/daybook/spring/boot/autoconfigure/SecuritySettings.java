package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.security.ClientAuthentication;
import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.client.security.TlsConfig;
import java.util.Optional;

/** Translates the security properties, and its complaints into their names. */
final class SecuritySettings {
    private SecuritySettings() {}

    /** @throws InvalidPropertyException naming the property */
    static SecurityConfig config(DaybookProperties properties) {
        DaybookProperties.Auth auth = properties.auth();
        try {
            return new SecurityConfig(
                    tls(properties.tls()),
                    ClientAuthentication.of(auth.username(), auth.password(), auth.token()),
                    metadata(properties.metadata()));
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
}
