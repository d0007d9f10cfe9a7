package dev.daybook.boot.role;

import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** A role opens an HTTP port only when it is told which: without one the application has no web server at all. */
public final class HttpPortListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    private final String prefix;

    /** @param prefix of the properties {@code port} and {@code host} */
    public HttpPortListener(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment environment = event.getEnvironment();
        String port = environment.getProperty(prefix + ".port", "");
        if (port.isBlank()) {
            event.getSpringApplication().setWebApplicationType(WebApplicationType.NONE);
            return;
        }
        event.getSpringApplication().setWebApplicationType(WebApplicationType.SERVLET);
        String host = environment.getProperty(prefix + ".host", "0.0.0.0");
        event.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("daybook-http", Map.of("server.port", port, "server.address", host)));
    }

    /** After the listener that reads configuration files. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
