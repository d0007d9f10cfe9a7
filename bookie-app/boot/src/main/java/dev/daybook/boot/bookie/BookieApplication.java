package dev.daybook.boot.bookie;

import dev.daybook.boot.admin.AdminApi;
import dev.daybook.boot.admin.AdminToken;
import dev.daybook.boot.role.Connectors;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.metrics.micrometer.MicrometerBookieMetrics;
import dev.daybook.server.MetadataConnector;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * The bookie role. Settings come from {@code daybook-bookie.properties} and the usual places of Spring Boot. The console
 * lies on the same class path, so what only it needs (security, templates) is switched off here by name: this
 * application serves numbers and a few commands of operators, and no pages.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration"
        })
@EnableConfigurationProperties({BookieProperties.class, MetadataProperties.class})
@Import({AdminApi.class, GarbageController.class, IntegrityController.class, UsageController.class})
public class BookieApplication {
    /** Starts a bookie and returns when it is ready. */
    public static ConfigurableApplicationContext start(List<String> arguments) {
        return new SpringApplicationBuilder(BookieApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .listeners(new HttpPortListener())
                .properties(Map.of(
                        "spring.config.name", "daybook-bookie",
                        "spring.application.name", "daybook-bookie",
                        "management.endpoints.web.exposure.include", "health,prometheus",
                        "spring.mvc.problemdetails.enabled", "true",
                        "management.endpoint.health.show-details", "always",
                        "management.endpoint.health.probes.enabled", "true"))
                .build()
                .run(arguments.toArray(String[]::new));
    }

    @Bean
    BookieMetrics bookieMetrics(MeterRegistry registry) {
        return new MicrometerBookieMetrics(registry, List.of());
    }

    @Bean
    BookieLifecycle bookieLifecycle(
            BookieProperties properties, MetadataProperties metadata, BookieMetrics metrics, Environment environment) {
        MetadataConnector connector = Connectors.to(
                metadata.uri(),
                properties.connectTimeout(),
                properties.sessionTimeout(),
                metadata.metadata().security());
        return new BookieLifecycle(properties, connector, metrics, environment);
    }

    @Bean
    @ConditionalOnWebApplication
    AdminToken adminToken(BookieProperties properties) {
        return new AdminToken(properties.tokenFile(), properties.http().tokenRequired());
    }

    @Bean
    BookieHealth bookieHealthIndicator(BookieLifecycle lifecycle) {
        return new BookieHealth(lifecycle);
    }
}
