package dev.daybook.console;

import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.security.SecurityConfig;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Refuses settings without which the console would be open or useless, before a bean, a port or a thread exists. */
final class StartCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    /** BCrypt reads no further than this. */
    private static final int PASSWORD_BYTES_MAX = 72;

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        checkPassword(event.getEnvironment().getProperty("daybook.console.password", ""));
        checkMetadataUri(event.getEnvironment());
        checkSecurity(event.getEnvironment());
    }

    private static void checkPassword(String password) {
        if (password.isBlank()) {
            throw new ConsoleRefused("The console does not start because daybook.console.password is not set: "
                    + "there is no default password.");
        }
        if (password.startsWith("{bcrypt}")) {
            if (!password.matches("\\{bcrypt}\\$2[aby]?\\$\\d\\d\\$[./0-9A-Za-z]{53}")) {
                throw new ConsoleRefused("The console does not start because daybook.console.password begins with "
                        + "{bcrypt} but no BCrypt hash follows.");
            }
        } else if (password.getBytes(StandardCharsets.UTF_8).length > PASSWORD_BYTES_MAX) {
            throw new ConsoleRefused("The console does not start because daybook.console.password is longer than "
                    + PASSWORD_BYTES_MAX + " bytes.");
        }
    }

    private static void checkMetadataUri(Environment environment) {
        String uri = environment.getProperty("daybook.metadata-uri", "");
        if (uri.isBlank()) {
            throw new ConsoleRefused("The console does not start because daybook.metadata-uri is not set: write it like"
                    + " zk+longhierarchical://zk1:2181;zk2:2181/ledgers.");
        }
        try {
            MetadataUri.parse(uri);
        } catch (IllegalArgumentException e) {
            throw new ConsoleRefused(
                    "The console does not start because of daybook.metadata-uri: " + e.getMessage() + ".", e);
        }
    }

    private static void checkSecurity(Environment environment) {
        try {
            SecurityConfig unused = ClusterSecurity.of(environment);
        } catch (IllegalArgumentException e) {
            throw new ConsoleRefused(
                    "The console does not start because its connections to the cluster cannot be secured as told: "
                            + e.getMessage() + ".",
                    e);
        }
    }

    /** After the listener that reads configuration files. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
