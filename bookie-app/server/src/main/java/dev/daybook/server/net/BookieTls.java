package dev.daybook.server.net;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * TLS on the bookie's port, begun with START_TLS (wire protocol, section 11). Files are PEM; a changed file is used for new
 * connections without a restart.
 *
 * @param certificates the bookie's own one first, then those between it and the authority
 * @param privateKey in PKCS#8, not encrypted
 * @param clientAuthorities of certificates that clients may show; empty: they are not asked for one
 * @param clientCertificateRequired whether a client without a certificate is refused; needs {@code clientAuthorities}
 * @param required whether requests in clear text are refused
 * @param reloadInterval how often the files are looked at, when connections are made
 */
public record BookieTls(
        Path certificates,
        Path privateKey,
        Optional<Path> clientAuthorities,
        boolean clientCertificateRequired,
        boolean required,
        Duration reloadInterval) {
    public BookieTls {
        if (clientCertificateRequired && clientAuthorities.isEmpty()) {
            throw new IllegalArgumentException("daybook.bookie.tls.client-certificate-required needs"
                    + " daybook.bookie.tls.client-authorities, the certificates of those who sign the clients'");
        }
        if (reloadInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "daybook.bookie.tls.reload-interval must not be negative, was " + reloadInterval);
        }
    }

    /** Requests in clear text are refused, clients are not asked for certificates. */
    public static BookieTls of(Path certificates, Path privateKey) {
        return new BookieTls(certificates, privateKey, Optional.empty(), false, true, Duration.ofSeconds(10));
    }
}
