package dev.daybook.spring.boot.autoconfigure.metrics;

import dev.daybook.metrics.ClientMetrics;
import dev.daybook.metrics.micrometer.MicrometerClientMetrics;
import dev.daybook.spring.boot.autoconfigure.DaybookAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration that records the client's work in the application's {@link MeterRegistry}. */
@AutoConfiguration(
        before = DaybookAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({MeterRegistry.class, MicrometerClientMetrics.class})
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "daybook.enabled", matchIfMissing = true)
public final class DaybookMetricsAutoConfiguration {
    DaybookMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(ClientMetrics.class)
    MicrometerClientMetrics ledgerClientMetrics(MeterRegistry registry) {
        return new MicrometerClientMetrics(registry, Tags.empty());
    }
}
