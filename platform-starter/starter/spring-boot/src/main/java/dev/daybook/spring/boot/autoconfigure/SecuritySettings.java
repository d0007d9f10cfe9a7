package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.security.ClientAuthentication;
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
            return new SecurityConfig(tls(properties.tls()), authentication(properties.auth()));
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertyException(
                    "The security settings do not fit together: " + e.getMessage() + ".",
                    "Correct daybook.tls.* and daybook.auth.*.",
                    e);
        }
    }

    private static Optional<TlsConfig> tls(DaybookProperties.Tls tls) {
        boolean halfIdentity = (tls.certificate() == null) != (tls.privateKey() == null);
        if (halfIdentity) {
            throw new IllegalArgumentException(
                    "daybook.tls.certificate and daybook.tls.private-key are given together or not at all");
        }
        if (tls.trustedCertificates() == null) {
            if (tls.certificate() != null) {
                throw new IllegalArgumentException(
                        "daybook.tls.trusted-certificates says whose bookies are trusted and is not set");
            }
            return Optional.empty();
        }
        Optional<TlsConfig.Identity> identity = Optional.ofNullable(tls.certificate())
                .flatMap(certificate ->
                        Optional.ofNullable(tls.privateKey()).map(key -> new TlsConfig.Identity(certificate, key)));
        return Optional.of(
                new TlsConfig(tls.trustedCertificates(), identity, tls.verifyHostName(), tls.reloadInterval()));
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
