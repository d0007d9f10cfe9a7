package dev.daybook.client.security;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * How connections are secured, from properties that have the names an application gives them: {@code daybook.tls.*},
 * {@code daybook.auth.*} and {@code daybook.metadata.*}.
 */
public final class SecurityProperties {
    private final Function<String, Optional<String>> properties;

    private SecurityProperties(Function<String, Optional<String>> properties) {
        this.properties = properties;
    }

    /**
     * @param properties finds the text of a property by its name
     * @throws IllegalArgumentException with a sentence, without its full stop, if the properties do not fit together
     */
    public static SecurityConfig read(Function<String, Optional<String>> properties) {
        return new SecurityProperties(properties).read();
    }

    private SecurityConfig read() {
        return new SecurityConfig(
                tls("daybook.tls"),
                ClientAuthentication.of(
                        text("daybook.auth.username"), text("daybook.auth.password"), text("daybook.auth.token")),
                MetadataSecurity.of(
                        tls("daybook.metadata.tls"),
                        text("daybook.metadata.username"),
                        text("daybook.metadata.password")));
    }

    private Optional<TlsConfig> tls(String prefix) {
        boolean verify = !text(prefix + ".verify-host-name").equalsIgnoreCase("false");
        return TlsConfig.of(
                        prefix,
                        path(prefix + ".trusted-certificates"),
                        path(prefix + ".certificate"),
                        path(prefix + ".private-key"))
                .map(config -> config.withVerifyHostName(verify));
    }

    private Optional<Path> path(String name) {
        return Optional.of(text(name)).filter(text -> !text.isEmpty()).map(Path::of);
    }

    private String text(String name) {
        return properties.apply(name).map(String::strip).orElse("");
    }
}
