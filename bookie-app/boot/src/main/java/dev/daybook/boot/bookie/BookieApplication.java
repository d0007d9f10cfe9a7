package dev.daybook.boot.bookie;

import dev.daybook.boot.admin.AdminApi;
import dev.daybook.boot.admin.AdminToken;
import dev.daybook.boot.admin.OperatorClient;
import dev.daybook.boot.autorecovery.AutoRecoveryLifecycle;
import dev.daybook.boot.autorecovery.AutoRecoveryProperties;
import dev.daybook.boot.role.ClientSecurityProperties;
import dev.daybook.boot.role.Connectors;
import dev.daybook.boot.role.HttpPortListener;
import dev.daybook.boot.role.MetadataProperties;
import dev.daybook.boot.role.ServerApplication;
import dev.daybook.client.ClientConfig;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.metrics.micrometer.MicrometerBookieMetrics;
import dev.daybook.metrics.micrometer.MicrometerRecoveryMetrics;
import dev.daybook.server.MetadataConnector;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The bookie role. Settings come from {@code daybook-bookie.properties} and the usual places of Spring Boot. */
@ServerApplication
@EnableConfigurationProperties({
    BookieProperties.class,
    MetadataProperties.class,
    ClientSecurityProperties.class,
    AutoRecoveryProperties.class
})
@Import({
    AdminApi.class,
    GarbageController.class,
    IntegrityController.class,
    RefillController.class,
    UsageController.class
})
public class BookieApplication {
    /** Starts a bookie and returns when it is ready. */
    public static ConfigurableApplicationContext start(List<String> arguments) {
        return new SpringApplicationBuilder(BookieApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .listeners(new HttpPortListener("daybook.bookie.http"))
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
    MetadataConnector metadataConnector(BookieProperties properties, MetadataProperties metadata) {
        return Connectors.to(
                metadata.uri(),
                properties.connectTimeout(),
                properties.sessionTimeout(),
                metadata.metadata().security());
    }

    @Bean
    BookieLifecycle bookieLifecycle(
            BookieProperties properties, MetadataConnector metadata, BookieMetrics metrics, Environment environment) {
        return new BookieLifecycle(properties, metadata, metrics, environment);
    }

    @Bean
    @ConditionalOnProperty(name = "daybook.bookie.refill.enabled", matchIfMissing = true)
    RefillLifecycle refillLifecycle(
            BookieProperties properties,
            BookieLifecycle bookie,
            MetadataProperties cluster,
            ClientSecurityProperties security,
            MetadataConnector metadata,
            BookieMetrics metrics) {
        return new RefillLifecycle(properties, bookie, RefillLifecycle.client(cluster, security), metadata, metrics);
    }

    /** Off unless asked for: see decision record 21. */
    @Bean
    @ConditionalOnProperty("daybook.autorecovery.enabled")
    AutoRecoveryLifecycle autoRecoveryLifecycle(
            AutoRecoveryProperties properties,
            MetadataProperties metadata,
            ClientSecurityProperties security,
            BookieLifecycle bookie,
            MeterRegistry registry) {
        return new AutoRecoveryLifecycle(
                properties,
                metadata,
                security,
                () -> bookie.server().orElseThrow().id().value(),
                new MicrometerRecoveryMetrics(registry, List.of()));
    }

    @Bean
    @ConditionalOnWebApplication
    AdminToken adminToken(BookieProperties properties) {
        return new AdminToken(
                properties.tokenFile(), properties.http().tokenRequired(), "daybook.bookie.http.token-file");
    }

    @Bean
    @ConditionalOnWebApplication
    OperatorClient operatorClient(MetadataProperties metadata, ClientSecurityProperties security) {
        return new OperatorClient(ClientConfig.of(metadata.uri())
                .withSecurity(security.with(metadata.metadata().security())));
    }

    @Bean
    BookieHealth bookieHealthIndicator(BookieLifecycle lifecycle) {
        return new BookieHealth(lifecycle);
    }
}
