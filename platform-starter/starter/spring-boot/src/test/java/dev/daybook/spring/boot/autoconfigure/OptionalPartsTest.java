package dev.daybook.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerClient;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.metrics.micrometer.MicrometerClientMetrics;
import dev.daybook.spring.boot.autoconfigure.health.DaybookHealthContributorAutoConfiguration;
import dev.daybook.spring.boot.autoconfigure.metrics.DaybookMetricsAutoConfiguration;
import dev.daybook.spring.boot.health.LedgerClientHealthIndicator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Metrics and health come with their libraries and are not missed without them. */
class OptionalPartsTest {
    private final CapturingFactory factory = new CapturingFactory();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DaybookAutoConfiguration.class,
                    DaybookMetricsAutoConfiguration.class,
                    DaybookHealthContributorAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class))
            .withBean(LedgerClientFactory.class, () -> factory);

    @Test
    void recordsIntoTheRegistryOfTheApplication() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        runner.withBean(MeterRegistry.class, () -> registry).run(context -> {
            assertThat(context).hasSingleBean(LedgerClient.class);
            assertThat(factory.metrics()).isInstanceOf(MicrometerClientMetrics.class);
            assertThat(registry.find("daybook.client.add").timers()).isNotEmpty();
        });
    }

    @Test
    void anOwnRecorderWins() {
        ClientMetrics own = ClientMetrics.NONE;
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(ClientMetrics.class, () -> own)
                .run(context -> assertThat(context.getBean(ClientMetrics.class)).isSameAs(own));
    }

    @Test
    void noRegistryNoMeters() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(LedgerClient.class).doesNotHaveBean(ClientMetrics.class);
            assertThat(factory.metrics()).isSameAs(ClientMetrics.NONE);
        });
    }

    /** Without its library Boot's own health module would not be there either, so it is left out by name. */
    @Test
    void startsWithoutMicrometerAndHealth() {
        String health = "org.springframework.boot.health.autoconfigure.";
        new ApplicationContextRunner()
                .withUserConfiguration(PlainApplication.class)
                .withPropertyValues("spring.autoconfigure.exclude="
                        + health + "actuate.endpoint.AvailabilityProbesAutoConfiguration,"
                        + health + "actuate.endpoint.HealthEndpointAutoConfiguration,"
                        + health + "application.AvailabilityHealthContributorAutoConfiguration,"
                        + health + "application.DiskSpaceHealthContributorAutoConfiguration,"
                        + health + "application.SslHealthContributorAutoConfiguration,"
                        + health + "contributor.HealthContributorAutoConfiguration,"
                        + health + "registry.HealthContributorRegistryAutoConfiguration")
                .withBean(LedgerClientFactory.class, () -> factory)
                .withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(LedgerClient.class)
                        .doesNotHaveBean("daybookHealthContributor"));
    }

    @Test
    void bootFindsAllThreeConfigurations() {
        new ApplicationContextRunner()
                .withUserConfiguration(PlainApplication.class)
                .withBean(LedgerClientFactory.class, () -> factory)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context)
                        .hasSingleBean(LedgerClient.class)
                        .hasSingleBean(ClientMetrics.class)
                        .hasBean("daybookHealthContributor"));
    }

    @Test
    void isHealthyWhileTheMetadataServiceAnswers() {
        runner.run(context -> {
            LedgerClientHealthIndicator indicator =
                    (LedgerClientHealthIndicator) context.getBean("daybookHealthContributor");
            Health up = health(indicator);
            assertThat(up.getStatus()).isEqualTo(Status.UP);
            assertThat(up.getDetails()).containsEntry("cluster", "in-memory");

            factory.ledgers().close();
            assertThat(health(indicator).getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void healthCanBeSwitchedOff() {
        runner.withPropertyValues("management.health.daybook.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("daybookHealthContributor"));
    }

    private static Health health(LedgerClientHealthIndicator indicator) {
        Health health = indicator.health(true);
        if (health == null) {
            throw new AssertionError("the indicator said nothing");
        }
        return health;
    }

    /** Goes the way of a real application: through the imports file and the filter of the class path. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class PlainApplication {}
}
