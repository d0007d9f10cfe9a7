package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerSpec;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.spring.core.LedgerExceptionTranslator;
import dev.daybook.spring.core.LedgerOperations;
import dev.daybook.spring.core.LedgerTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of a {@link LedgerClient} and a {@link LedgerTemplate}. The client connects when its bean is made:
 * an application that cannot reach its cluster does not start.
 */
@AutoConfiguration
@ConditionalOnClass({LedgerClient.class, LedgerTemplate.class})
@ConditionalOnBooleanProperty(name = "daybook.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DaybookProperties.class)
public final class DaybookAutoConfiguration {
    DaybookAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(LedgerConnectionDetails.class)
    PropertiesLedgerConnectionDetails ledgerConnectionDetails(DaybookProperties properties) {
        return new PropertiesLedgerConnectionDetails(properties);
    }

    @Bean
    @ConditionalOnMissingBean
    LedgerClientFactory ledgerClientFactory() {
        return LedgerClients::connect;
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    LedgerClient ledgerClient(
            LedgerConnectionDetails connection,
            DaybookProperties properties,
            LedgerClientFactory factory,
            ObjectProvider<ClientConfigCustomizer> customizers,
            ObjectProvider<ClientMetrics> metrics) {
        ClientConfig config = ClientSettings.config(connection, properties);
        for (ClientConfigCustomizer customizer : customizers.orderedStream().toList()) {
            config = customizer.customize(config);
        }
        try {
            return factory.connect(config, metrics.getIfAvailable(() -> ClientMetrics.NONE));
        } catch (LedgerException e) {
            throw new ClusterConnectionException(config.metadataUri().toString(), e);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    LedgerSpec defaultLedgerSpec(DaybookProperties properties) {
        return ClientSettings.spec(properties.ledger());
    }

    @Bean
    @ConditionalOnMissingBean(LedgerOperations.class)
    LedgerTemplate ledgerTemplate(LedgerSpec defaultSpec, LedgerClient client) {
        return new LedgerTemplate(client, defaultSpec);
    }

    @Bean
    @ConditionalOnMissingBean
    LedgerExceptionTranslator ledgerExceptionTranslator() {
        return new LedgerExceptionTranslator();
    }
}
