package dev.daybook.boot.admin;

import dev.daybook.boot.role.KeptSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What operators show with each request. Kept in a file that only its owner may read, made with a random token when the
 * bookie has started; a changed file counts at once. Without a file nobody is let in.
 */
public final class AdminToken implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);

    /** Of its file, where nobody chose another. */
    public static final String FILE_NAME = "admin-token";

    private final Optional<Path> file;
    private final boolean required;
    private final String place;
    private volatile boolean running;

    /** @param place where the token is kept, in words for whoever has shown none */
    public AdminToken(Optional<Path> file, boolean required, String place) {
        this.file = file;
        this.required = required;
        this.place = place;
    }

    boolean required() {
        return required;
    }

    String place() {
        return place;
    }

    boolean matches(String shown) {
        if (file.isEmpty()) {
            return false;
        }
        try {
            return MessageDigest.isEqual(
                    KeptSecret.read(file.get()).getBytes(StandardCharsets.UTF_8),
                    shown.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("Operators are refused, because the token of {} cannot be read: {}", place, e.toString());
            return false;
        }
    }

    @Override
    public void start() {
        if (required && file.isPresent()) {
            KeptSecret.in(file.get(), "The token of operators", place);
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
