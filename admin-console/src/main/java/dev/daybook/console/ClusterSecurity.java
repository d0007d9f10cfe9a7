package dev.daybook.console;

import dev.daybook.client.security.SecurityConfig;
import dev.daybook.client.security.SecurityProperties;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** How the console, a client like any other, connects to the cluster: by the properties that applications have for it. */
public final class ClusterSecurity {
    private ClusterSecurity() {}

    /** @throws IllegalArgumentException with a sentence, without its full stop, if the properties do not fit together */
    public static SecurityConfig of(Environment environment) {
        SecurityConfig config = SecurityProperties.read(name -> Optional.ofNullable(environment.getProperty(name)));
        Duration reload = environment.getProperty("daybook.tls.reload-interval", Duration.class);
        return reload == null
                ? config
                : new SecurityConfig(
                        config.tls().map(tls -> tls.withReloadInterval(reload)),
                        config.authentication(),
                        config.metadata());
    }
}
