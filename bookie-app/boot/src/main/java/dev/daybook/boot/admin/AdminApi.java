package dev.daybook.boot.admin;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything that serves operators over HTTP; needs a {@link RunningBookie}, an {@link OperatorClient} and an {@link
 * AdminToken}. */
@ConditionalOnWebApplication
@Configuration(proxyBeanMethods = false)
@Import({
    AdminErrors.class,
    ClusterController.class,
    JobController.class,
    OpenApiController.class,
    ReferenceAutoRecovery.class,
    ReferenceBookie.class,
    ReferenceCluster.class,
    ReferenceEntries.class,
    ReferenceFiles.class,
    ReferenceLedgers.class,
    ReferenceSanity.class,
    ReferenceSettings.class,
    RepairController.class
})
public class AdminApi {
    @Bean
    TokenFilter tokenFilter(AdminToken token) {
        return new TokenFilter(token);
    }

    @Bean
    ReferenceHealth referenceHealth(RunningBookie bookie, PrometheusMeterRegistry metrics) {
        return new ReferenceHealth(bookie, metrics);
    }
}
