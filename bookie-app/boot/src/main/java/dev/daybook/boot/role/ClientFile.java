package dev.daybook.boot.role;

import dev.daybook.client.security.SecurityConfig;
import dev.daybook.client.security.SecurityProperties;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * How a client connects, from a file of properties that have the names an application gives them: {@code
 * daybook.metadata-uri}, {@code daybook.tls.*}, {@code daybook.auth.*} and {@code daybook.metadata.*}. So secrets need
 * not stand on a command line. Other properties are left alone.
 */
public final class ClientFile {
    private final Properties properties;

    private ClientFile(Properties properties) {
        this.properties = properties;
    }

    /** Says nothing: in clear text, as nobody. */
    public static ClientFile none() {
        return new ClientFile(new Properties());
    }

    /** @throws RoleRefused if it cannot be read */
    public static ClientFile read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION, "The file " + file + " of --client-file cannot be read: " + e + ".", e);
        }
        return new ClientFile(properties);
    }

    public Optional<String> metadataUri() {
        return text("daybook.metadata-uri");
    }

    /** @throws RoleRefused if the properties do not fit together */
    public SecurityConfig security() {
        try {
            return SecurityProperties.read(this::text);
        } catch (IllegalArgumentException e) {
            throw unusable(e);
        }
    }

    /** What a role says that cannot connect with these properties. */
    public static RoleRefused unusable(IllegalArgumentException e) {
        return new RoleRefused(
                RoleRefused.CONFIGURATION,
                "The properties of --client-file cannot be used: " + e.getMessage() + ".",
                e);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(properties.getProperty(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
