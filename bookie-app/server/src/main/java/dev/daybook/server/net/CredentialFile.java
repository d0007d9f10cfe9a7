package dev.daybook.server.net;

import dev.daybook.client.net.ReloadingFiles;
import dev.daybook.client.net.ReloadingFiles.NamedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may come in: a file with lines {@code name=secret}; blank lines and lines that begin with {@code #} do not count. A
 * changed file counts for new connections; one that cannot be used changes nothing. Thread-safe.
 */
public final class CredentialFile {
    private final ReloadingFiles<Map<String, String>> secrets;

    /**
     * @param interval how often the file is looked at, when clients come
     * @throws IllegalArgumentException with one sentence that names the property and the file, and never a secret
     */
    public CredentialFile(NamedFile file, Duration interval) {
        this.secrets = new ReloadingFiles<>("users", List.of(file), interval, () -> read(file));
    }

    private static Map<String, String> read(NamedFile file) {
        Map<String, String> secrets = new HashMap<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file.path(), StandardCharsets.UTF_8)) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                int equals = line.indexOf('=');
                String name = equals < 0 ? "" : line.substring(0, equals).strip();
                String secret = line.substring(equals + 1).strip();
                if (name.isEmpty() || secret.isEmpty()) {
                    throw malformed(file, "its line " + number + " is not of the form name=secret");
                }
                if (secrets.put(name, secret) != null) {
                    throw malformed(file, "its line " + number + " names " + name + " a second time");
                }
            }
        } catch (IOException e) {
            throw malformed(
                    file, "it cannot be read as UTF-8 text (" + e.getClass().getSimpleName() + ")");
        }
        if (secrets.isEmpty()) {
            throw malformed(file, "it lets nobody in, because it has no line name=secret");
        }
        return secrets;
    }

    private static IllegalArgumentException malformed(NamedFile file, String why) {
        return new IllegalArgumentException(
                "The file " + file.path() + " that " + file.property() + " names cannot be used: " + why);
    }

    public Optional<char[]> password(String user) {
        return Optional.ofNullable(secrets.current().get(user)).map(String::toCharArray);
    }

    /** Who holds the token. Every one is compared, in constant time each, so that time tells nothing. */
    public Optional<String> holder(byte[] token) {
        Optional<String> found = Optional.empty();
        for (Map.Entry<String, String> entry : secrets.current().entrySet()) {
            if (MessageDigest.isEqual(entry.getValue().getBytes(StandardCharsets.UTF_8), token)) {
                found = Optional.of(entry.getKey());
            }
        }
        return found;
    }
}
