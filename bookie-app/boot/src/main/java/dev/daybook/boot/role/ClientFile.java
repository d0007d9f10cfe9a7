package dev.daybook.boot.role;

import dev.daybook.client.security.ClientAuthentication;
import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.client.security.SaslDigest;
import dev.daybook.client.security.Secret;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.client.security.TlsConfig;
import dev.daybook.client.security.TokenAuthentication;
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

    /** @throws IllegalArgumentException with a sentence, without its full stop, if the properties do not fit together */
    public SecurityConfig security() {
        return new SecurityConfig(tls("daybook.tls"), authentication(), metadata());
    }

    private MetadataSecurity metadata() {
        return MetadataSecurity.of(
                tls("daybook.metadata.tls"),
                text("daybook.metadata.username").orElse(""),
                text("daybook.metadata.password").orElse(""));
    }

    private Optional<TlsConfig> tls(String prefix) {
        boolean verify = !text(prefix + ".verify-host-name").orElse("true").equalsIgnoreCase("false");
        return TlsConfig.of(
                        prefix,
                        path(prefix + ".trusted-certificates"),
                        path(prefix + ".certificate"),
                        path(prefix + ".private-key"))
                .map(config -> config.withVerifyHostName(verify));
    }

    private Optional<ClientAuthentication> authentication() {
        Optional<String> user = text("daybook.auth.username");
        Optional<String> password = text("daybook.auth.password");
        Optional<Secret> token = text("daybook.auth.token").map(Secret::of);
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException(
                    "daybook.auth.username and daybook.auth.password are given together or not at all");
        }
        if (user.isPresent() && token.isPresent()) {
            throw new IllegalArgumentException("daybook.auth.username and daybook.auth.token exclude each other");
        }
        return user.<ClientAuthentication>map(name -> new SaslDigest(name, Secret.of(password.orElseThrow())))
                .or(() -> token.map(secret -> new TokenAuthentication(() -> secret)));
    }

    private Optional<Path> path(String name) {
        return text(name).map(Path::of);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(properties.getProperty(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
