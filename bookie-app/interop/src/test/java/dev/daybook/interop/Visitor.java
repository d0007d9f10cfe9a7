package dev.daybook.interop;

import dev.daybook.client.security.Certificates;
import dev.daybook.client.security.SaslDigest;
import dev.daybook.client.security.Secret;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.client.security.TlsConfig;
import dev.daybook.protocol.wire.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a client of these tests presents itself, in the words of our client and of the official one.
 *
 * @param trusts whom bookies must be; empty: the client talks in clear text
 * @param password of {@code alice}; empty: the client does not say who it is
 * @param verifiesHostName the official client does so only when it is told
 */
record Visitor(
        Optional<Path> trusts,
        Optional<Certificates> certificate,
        Optional<String> password,
        boolean verifiesHostName) {
    static final Visitor PLAIN = new Visitor(Optional.empty(), Optional.empty(), Optional.empty(), true);

    Visitor trusting(Path authorities) {
        return new Visitor(Optional.of(authorities), certificate, password, verifiesHostName);
    }

    Visitor showing(Certificates own) {
        return new Visitor(trusts, Optional.of(own), password, verifiesHostName);
    }

    Visitor withPassword(String newPassword) {
        return new Visitor(trusts, certificate, Optional.of(newPassword), verifiesHostName);
    }

    Visitor withoutHostNames() {
        return new Visitor(trusts, certificate, password, false);
    }

    SecurityConfig forOurs() {
        SecurityConfig security = trusts.map(authorities -> {
                    TlsConfig tls = TlsConfig.trusting(authorities).withVerifyHostName(verifiesHostName);
                    return SecurityConfig.tls(certificate
                            .map(own -> tls.withIdentity(own.certificate(), own.key()))
                            .orElse(tls));
                })
                .orElse(SecurityConfig.NONE);
        return password.map(word -> security.withAuthentication(new SaslDigest("alice", Secret.of(word))))
                .orElse(security);
    }

    /** Writes the settings of an official client into a new file of the folder. */
    Path forOfficial(Path folder, String uri, Generation generation) {
        StringBuilder text = new StringBuilder();
        text.append("metadataServiceUri=").append(uri).append('\n');
        text.append("useV2WireProtocol=").append(generation == Generation.V2).append('\n');
        // Half a minute each by default: the tests want to hear of failures.
        text.append("addEntryTimeoutSec=5\nreadEntryTimeoutSec=5\nstartTLSTimeoutSecs=5\n");
        trusts.ifPresent(
                authorities -> text.append("tlsProviderFactoryClass=org.apache.bookkeeper.tls.TLSContextFactory\n")
                        .append("clientTrustStoreType=PEM\nclientTrustStore=")
                        .append(authorities)
                        .append("\ntlsHostnameVerificationEnabled=")
                        .append(verifiesHostName)
                        .append('\n'));
        certificate.ifPresent(
                own -> text.append("tlsClientAuthentication=true\nclientKeyStoreType=PEM\nclientKeyStore=")
                        .append(own.key())
                        .append("\ntlsCertificatePath=")
                        .append(own.certificate())
                        .append('\n'));
        password.ifPresent(word -> text.append(
                        "clientAuthProviderFactoryClass=org.apache.bookkeeper.sasl.SASLClientProviderFactory\n")
                .append("saslJaasClientSectionName=")
                .append(word)
                .append('\n'));
        try {
            Path file = Files.createTempFile(folder, "visitor", ".conf");
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
