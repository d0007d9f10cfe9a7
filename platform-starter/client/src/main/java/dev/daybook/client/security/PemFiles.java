package dev.daybook.client.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Finds out early and in words that files cannot be used, for libraries that would only fail to connect. */
public final class PemFiles {
    private static final String KEY = "-----BEGIN PRIVATE KEY-----";

    private PemFiles() {}

    /**
     * @param prefix of the properties that name the files
     * @throws IllegalArgumentException with one sentence that names the property and the file
     */
    public static void check(TlsConfig config, String prefix) {
        checkCertificates(prefix + ".trusted-certificates", config.trustedCertificates());
        config.identity().ifPresent(identity -> {
            checkCertificates(prefix + ".certificate", identity.certificates());
            checkKey(prefix + ".private-key", identity.privateKey());
        });
    }

    private static void checkCertificates(String property, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                throw unusable(property, file, "holds no certificate in PEM");
            }
        } catch (CertificateException e) {
            throw unusable(property, file, "holds no certificates in PEM");
        } catch (IOException e) {
            throw unreadable(property, file, e);
        }
    }

    private static void checkKey(String property, Path file) {
        try {
            if (!Files.readString(file, StandardCharsets.US_ASCII).contains(KEY)) {
                throw unusable(property, file, "holds no key in PEM that is PKCS#8 and not encrypted");
            }
        } catch (IOException e) {
            throw unreadable(property, file, e);
        }
    }

    private static IllegalArgumentException unreadable(String property, Path file, IOException cause) {
        return unusable(property, file, "cannot be read (" + cause.getClass().getSimpleName() + ")");
    }

    private static IllegalArgumentException unusable(String property, Path file, String why) {
        return new IllegalArgumentException("The file " + file + " that " + property + " names " + why);
    }
}
