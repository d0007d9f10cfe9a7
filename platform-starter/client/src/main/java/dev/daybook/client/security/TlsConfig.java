package dev.daybook.client.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * TLS to bookies. Files are PEM; a changed file is used for new connections without a restart.
 *
 * @param trustedCertificates of the authorities that sign the bookies' certificates; no other is trusted
 * @param identity what the client shows to bookies that ask for a certificate
 * @param verifyHostName whether a bookie's certificate must be for the host that it is found under
 * @param reloadInterval how often the files are looked at, when connections are made
 */
public record TlsConfig(
        Path trustedCertificates, Optional<Identity> identity, boolean verifyHostName, Duration reloadInterval) {
    public TlsConfig {
        if (reloadInterval.isNegative()) {
            throw new IllegalArgumentException("reloadInterval must not be negative, was " + reloadInterval);
        }
    }

    /** Host names are verified, nothing is shown to bookies, files are looked at every ten seconds. */
    public static TlsConfig trusting(Path trustedCertificates) {
        return new TlsConfig(trustedCertificates, Optional.empty(), true, Duration.ofSeconds(10));
    }

    /**
     * TLS as properties have it, which is on when trusted certificates are given.
     *
     * @param prefix of the properties, for messages
     * @throws IllegalArgumentException with a sentence, without its full stop, if they do not fit together
     */
    public static Optional<TlsConfig> of(
            String prefix, Optional<Path> trustedCertificates, Optional<Path> certificate, Optional<Path> privateKey) {
        if (certificate.isPresent() != privateKey.isPresent()) {
            throw new IllegalArgumentException(
                    prefix + ".certificate and " + prefix + ".private-key are given together or not at all");
        }
        if (certificate.isPresent() && trustedCertificates.isEmpty()) {
            throw new IllegalArgumentException(
                    prefix + ".trusted-certificates says whose certificates are trusted and is not set");
        }
        return trustedCertificates
                .map(TlsConfig::trusting)
                .map(tls ->
                        certificate.isPresent() ? tls.withIdentity(certificate.get(), privateKey.orElseThrow()) : tls);
    }

    public TlsConfig withIdentity(Path certificates, Path privateKey) {
        return new TlsConfig(
                trustedCertificates,
                Optional.of(new Identity(certificates, privateKey)),
                verifyHostName,
                reloadInterval);
    }

    public TlsConfig withVerifyHostName(boolean newVerifyHostName) {
        return new TlsConfig(trustedCertificates, identity, newVerifyHostName, reloadInterval);
    }

    public TlsConfig withReloadInterval(Duration newReloadInterval) {
        return new TlsConfig(trustedCertificates, identity, verifyHostName, newReloadInterval);
    }

    /**
     * @param certificates the own one first, then those between it and the authority
     * @param privateKey in PKCS#8, not encrypted
     */
    public record Identity(Path certificates, Path privateKey) {}
}
