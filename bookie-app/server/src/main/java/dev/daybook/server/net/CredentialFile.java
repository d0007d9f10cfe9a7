package dev.daybook.server.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may come in: a file with lines {@code name=secret}; blank lines and lines that begin with {@code #} do not count. It is
 * read when the bookie starts.
 */
public final class CredentialFile {
    private final Map<String, String> secrets;

    private CredentialFile(Map<String, String> secrets) {
        this.secrets = secrets;
    }

    /** @throws IllegalArgumentException with one sentence that names the property and the file, and never a secret */
    public static CredentialFile read(String property, Path file) {
        Map<String, String> secrets = new HashMap<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                int equals = line.indexOf('=');
                if (equals < 1 || equals == line.length() - 1) {
                    throw new IllegalArgumentException("Line " + number + " of the file " + file + " that " + property
                            + " names is not of the form name=secret");
                }
                secrets.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The file " + file + " that " + property + " names cannot be read ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException(
                    "The file " + file + " that " + property + " names lets nobody in: it has no line name=secret");
        }
        return new CredentialFile(secrets);
    }

    public Optional<char[]> password(String user) {
        return Optional.ofNullable(secrets.get(user)).map(String::toCharArray);
    }

    /** Who holds the token. Every one is compared, in constant time each, so that time tells nothing. */
    public Optional<String> holder(byte[] token) {
        Optional<String> found = Optional.empty();
        for (Map.Entry<String, String> entry : secrets.entrySet()) {
            if (MessageDigest.isEqual(entry.getValue().getBytes(StandardCharsets.UTF_8), token)) {
                found = Optional.of(entry.getKey());
            }
        }
        return found;
    }
}
