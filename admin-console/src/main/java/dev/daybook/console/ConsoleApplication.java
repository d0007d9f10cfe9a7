package dev.daybook.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The admin console. Alone it runs by {@link #main}; a process that has a Spring context already starts it beside that
 * one with {@link #start}. Its settings come from {@code daybook-console.properties}, never from {@code
 * application.properties}, so it may lie on one class path with another Boot application.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public final class ConsoleApplication {
    private ConsoleApplication() {}

    public static void main(String[] args) {
        application().run(args);
    }

    /**
     * Starts the console inside a running application and returns when it answers. Logging stays as the host set it up,
     * and the host closes the returned context; no shutdown hook is left behind.
     *
     * @param properties at least {@code daybook.metadata-uri} and {@code daybook.console.password}; they win over
     *     environment and system properties, which two contexts of one process have to share
     * @param sources further configuration classes
     */
    public static ConfigurableApplicationContext start(Map<String, String> properties, Class<?>... sources) {
        SpringApplication application = application();
        application.addPrimarySources(List.of(sources));
        application.setRegisterShutdownHook(false);
        List<ApplicationListener<?>> listeners = new ArrayList<>(application.getListeners());
        listeners.removeIf(listener -> listener instanceof LoggingApplicationListener);
        application.setListeners(listeners);
        return application.run(properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new));
    }

    private static SpringApplication application() {
        return new SpringApplicationBuilder(ConsoleApplication.class)
                .main(ConsoleApplication.class)
                .web(WebApplicationType.SERVLET)
                .properties("spring.config.name=daybook-console", "spring.application.name=daybook-console")
                .listeners(new StartCheck())
                .build();
    }
}
