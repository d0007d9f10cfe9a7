package dev.daybook.client.net;

import dev.daybook.client.net.ReloadingFiles.NamedFile;
import io.netty.handler.ssl.SslContext;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/** A TLS context made from PEM files that may change; connections ask for it when they begin. Thread-safe. */
public final class ReloadingContext {
    /** Makes a context from the files as they are now. */
    public interface Maker {
        SslContext make() throws SSLException;
    }

    private final ReloadingFiles<SslContext> files;

    /** @throws IllegalArgumentException with one sentence that names the property and the file that cannot be used */
    public ReloadingContext(List<NamedFile> files, Duration interval, Maker maker) {
        this.files = new ReloadingFiles<>("certificates", files, interval, () -> make(files, maker));
    }

    /** The context of now. */
    public SslContext current() {
        return files.current();
    }

    private static SslContext make(List<NamedFile> files, Maker maker) {
        try {
            return maker.make();
        } catch (SSLException | IllegalArgumentException | UncheckedIOException e) {
            throw new IllegalArgumentException(
                    "TLS cannot be set up from " + NamedFile.list(files) + ": " + SecuringFailure.deepest(e)
                            + "; certificates must be PEM, the key PKCS#8 in PEM without a password, and both must belong"
                            + " together",
                    e);
        }
    }
}
