package dev.daybook.console.web;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.console.ClusterSecurity;
import dev.daybook.console.ConsoleProperties;
import dev.daybook.console.cluster.AdminSource;
import dev.daybook.console.cluster.Asking;
import dev.daybook.console.cluster.ClusterWatch;
import dev.daybook.console.cluster.JobReader;
import dev.daybook.console.cluster.LedgerReader;
import dev.daybook.console.cluster.MetadataLink;
import dev.daybook.console.cluster.RepairWatch;
import dev.daybook.console.usage.UsageReader;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;

/** Connects what reads the cluster. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {
    @Bean
    MetadataUri metadataUri(@Value("${daybook.metadata-uri}") String uri) {
        return MetadataUri.parse(uri);
    }

    /** Gives way to any other source, as a test or a host process may bring one. */
    @Bean
    @Fallback
    AdminSource metadataLink(MetadataUri uri, Environment environment) {
        ClientConfig config = ClientConfig.of(uri).withSecurity(ClusterSecurity.of(environment));
        return new MetadataLink(() -> LedgerClients.connect(config));
    }

    @Bean
    Asking asking(AdminSource source, ConsoleProperties properties) {
        return new Asking(source, properties.answerTimeout(), InstantSource.system());
    }

    @Bean
    LedgerReader ledgerReader(Asking asking) {
        return new LedgerReader(asking);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ClusterWatch clusterWatch(Asking asking, ConsoleProperties properties) {
        return new ClusterWatch(
                asking,
                new UsageReader(properties.answerTimeout()),
                InstantSource.system(),
                properties.pollInterval(),
                properties.answerTimeout().multipliedBy(2));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    RepairWatch repairWatch(Asking asking, LedgerReader reader, ClusterWatch cluster, ConsoleProperties properties) {
        return new RepairWatch(asking, reader, cluster, InstantSource.system(), properties.pollInterval());
    }

    @Bean
    JobReader jobReader(Asking asking) {
        return new JobReader(asking, InstantSource.system());
    }

    @Bean
    ClusterMeters clusterMeters(ClusterWatch watch) {
        return new ClusterMeters(watch);
    }
}
