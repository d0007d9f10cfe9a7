package dev.daybook.boot.autorecovery;

import dev.daybook.boot.role.ClientSecurityProperties;
import dev.daybook.boot.role.HttpPortListener;
import dev.daybook.boot.role.MetadataProperties;
import dev.daybook.boot.role.ServerApplication;
import dev.daybook.metrics.micrometer.MicrometerRecoveryMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The role autorecovery. Settings come from {@code daybook-autorecovery.properties} and Spring Boot's usual places. */
@ServerApplication
@EnableConfigurationProperties({MetadataProperties.class, ClientSecurityProperties.class, AutoRecoveryProperties.class})
public class AutoRecoveryApplication {
    /** Returns when it works. */
    static ConfigurableApplicationContext start(List<String> arguments) {
        return new SpringApplicationBuilder(AutoRecoveryApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .listeners(new HttpPortListener("daybook.autorecovery.http"))
                .properties(Map.of(
                        "spring.config.name", "daybook-autorecovery",
                        "spring.application.name", "daybook-autorecovery",
                        "management.endpoints.web.exposure.include", "health,prometheus",
                        "management.endpoint.health.probes.enabled", "true"))
                .build()
                .run(arguments.toArray(String[]::new));
    }

    @Bean
    AutoRecoveryLifecycle autoRecoveryLifecycle(
            AutoRecoveryProperties properties,
            MetadataProperties metadata,
            ClientSecurityProperties security,
            MeterRegistry registry) {
        return new AutoRecoveryLifecycle(
                properties,
                metadata,
                security,
                AutoRecoveryApplication::machine,
                new MicrometerRecoveryMetrics(registry, List.of()));
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "autorecovery";
        }
    }
}
