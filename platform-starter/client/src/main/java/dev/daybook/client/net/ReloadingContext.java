package dev.daybook.client.net;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TLS context made from files that may change. Connections ask for it when they begin; at most once per interval the
 * files are looked at, and when one has changed the context is made anew. Files that cannot be used leave the old one.
 * Thread-safe.
 */
public final class ReloadingContext {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadingContext.class);

    /** @param property that names the file, for messages */
    public record NamedFile(String property, Path path) {}

    /** Makes a context from the files as they are now. */
    public interface Maker {
        SslContext make() throws SSLException;
    }

    private record State(Path path, FileTime modified, long size) {}

    private final List<NamedFile> files;
    private final long intervalNanos;
    private final Maker maker;
    private SslContext context;
    private List<State> states;
    private long checkedNanos;

    /** @throws IllegalArgumentException with one sentence that names the property and the file that cannot be used */
    public ReloadingContext(List<NamedFile> files, Duration interval, Maker maker) {
        this.files = List.copyOf(files);
        this.intervalNanos = interval.toNanos();
        this.maker = maker;
        this.states = states();
        this.checkedNanos = System.nanoTime();
        this.context = make();
    }

    /** The context of now. */
    public synchronized SslContext current() {
        long now = System.nanoTime();
        if (now - checkedNanos >= intervalNanos) {
            checkedNanos = now;
            reload();
        }
        return context;
    }

    private void reload() {
        try {
            List<State> present = states();
            if (present.equals(states)) {
                return;
            }
            context = make();
            states = present;
            LOG.info("new certificates are in use: {}", files);
        } catch (IllegalArgumentException e) {
            LOG.warn("The certificates that are in use stay so. {}", e.getMessage());
        }
    }

    private SslContext make() {
        try {
            return maker.make();
        } catch (SSLException | IllegalArgumentException | UncheckedIOException e) {
            throw new IllegalArgumentException(
                    "TLS cannot be set up from " + names() + ": " + deepest(e)
                            + "; certificates must be PEM, the key PKCS#8 in PEM without a password, and both must belong"
                            + " together",
                    e);
        }
    }

    private String names() {
        return String.join(
                " and ",
                files.stream()
                        .map(file -> file.path() + " (" + file.property() + ")")
                        .toList());
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private List<State> states() {
        List<State> found = new ArrayList<>();
        for (NamedFile file : files) {
            try {
                found.add(new State(file.path(), Files.getLastModifiedTime(file.path()), Files.size(file.path())));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "The file " + file.path() + " that " + file.property() + " names cannot be read ("
                                + e.getClass().getSimpleName() + ")",
                        e);
            }
        }
        return found;
    }
}
