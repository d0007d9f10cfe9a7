package dev.daybook.spring.boot.autoconfigure.health;

import dev.daybook.client.LedgerClient;
import dev.daybook.spring.boot.autoconfigure.DaybookAutoConfiguration;
import dev.daybook.spring.boot.health.LedgerClientHealthIndicator;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of {@link LedgerClientHealthIndicator}, one for each {@link LedgerClient}. */
@AutoConfiguration(after = DaybookAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(LedgerClient.class)
@ConditionalOnEnabledHealthIndicator("daybook")
public final class DaybookHealthContributorAutoConfiguration
        extends CompositeHealthContributorConfiguration<LedgerClientHealthIndicator, LedgerClient> {
    DaybookHealthContributorAutoConfiguration() {
        super(LedgerClientHealthIndicator::new);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"daybookHealthIndicator", "daybookHealthContributor"})
    HealthContributor daybookHealthContributor(ConfigurableListableBeanFactory beanFactory) {
        return createContributor(beanFactory, LedgerClient.class);
    }
}
