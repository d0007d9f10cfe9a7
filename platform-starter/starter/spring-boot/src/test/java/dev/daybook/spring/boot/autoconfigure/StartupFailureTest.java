package dev.daybook.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a person reads when the application does not start. */
class StartupFailureTest {
    private final CapturingFactory factory = new CapturingFactory();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DaybookAutoConfiguration.class))
            .withBean(LedgerClientFactory.class, () -> factory);

    @Test
    void namesTheClusterThatDoesNotAnswer() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DaybookAutoConfiguration.class))
                .withPropertyValues("daybook.metadata-uri=zk://zk1:2181/ledgers")
                .withBean(LedgerClientFactory.class, () -> (config, metrics) -> {
                    throw new LedgerException(
                            Reason.METADATA_UNAVAILABLE, "no server of zk1:2181 answered within 5 seconds");
                })
                .run(context -> {
                    FailureAnalysis analysis = analyze(context);
                    assertThat(analysis.getDescription())
                            .isEqualTo("The ledger client could not connect to the cluster at zk://zk1:2181/ledgers:"
                                    + " no server of zk1:2181 answered within 5 seconds");
                    assertThat(analysis.getAction()).contains("daybook.metadata-uri");
                });
    }

    @Test
    void saysSoWhenItIsNoCluster() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DaybookAutoConfiguration.class))
                .withBean(LedgerClientFactory.class, () -> (config, metrics) -> {
                    throw new LedgerException(Reason.METADATA_CORRUPT, "there is no LAYOUT under /ledgers");
                })
                .run(context -> assertThat(analyze(context).getAction())
                        .isEqualTo("Check that daybook.metadata-uri names the root of an initialised cluster."));
    }

    @Test
    void namesTheUriThatCannotBeRead() {
        runner.withPropertyValues("daybook.metadata-uri=localhost:2181").run(context -> {
            FailureAnalysis analysis = analyze(context);
            assertThat(analysis.getDescription())
                    .startsWith("daybook.metadata-uri cannot be used: \"localhost:2181\"")
                    .contains("it has no scheme");
            assertThat(analysis.getAction()).isEqualTo("Correct daybook.metadata-uri.");
            assertThat(factory.connections()).isZero();
        });
    }

    @Test
    void namesTheQuorumsThatDoNotFit() {
        runner.withPropertyValues("daybook.ledger.ensemble-size=2", "daybook.ledger.write-quorum=3")
                .run(context -> {
                    FailureAnalysis analysis = analyze(context);
                    assertThat(analysis.getDescription())
                            .startsWith("daybook.ledger.ensemble-size=2, daybook.ledger.write-quorum=3 and"
                                    + " daybook.ledger.ack-quorum=2 do not fit together");
                    assertThat(factory.connections())
                            .isEqualTo(factory.ledgers().isClosed() ? 1 : 0);
                });
    }

    @Test
    void namesValuesOutOfRange() {
        assertDescription("daybook.client.add-timeout=0s", "daybook.client.add-timeout must be longer than 0");
        assertDescription("daybook.client.append-timeout=0s", "daybook.client.append-timeout must be longer than 0");
        assertDescription("daybook.client.explicit-lac-delay=-1s", "daybook.client.explicit-lac-delay must not be");
        assertDescription("daybook.client.max-frame-bytes=1KB", "daybook.client.max-frame-bytes must be from 4KB");
        assertDescription("daybook.client.max-frame-bytes=3GB", "daybook.client.max-frame-bytes must be from 4KB");
        assertDescription("daybook.client.max-pending-bytes=1MB", "daybook.client.max-pending-bytes is");
        assertDescription("daybook.metadata.session-timeout=-1s", "daybook.metadata.session-timeout must be longer");
    }

    @Test
    void namesSecuritySettingsThatDoNotFit() {
        String start = "The security settings do not fit together: ";
        assertDescription("daybook.metadata.password=sesame", start + "daybook.metadata.username and");
        assertDescription("daybook.metadata.tls.certificate=c", start + "daybook.metadata.tls.certificate and");
        assertDescription("daybook.tls.private-key=k", start + "daybook.tls.certificate and");
        runner.withPropertyValues("daybook.metadata.username=daybook", "daybook.metadata.password=sesame")
                .run(context -> assertThat(analyze(context).getDescription())
                        .startsWith(start + "the password for the metadata service")
                        .contains("daybook.metadata.tls.trusted-certificates")
                        .doesNotContain("sesame"));
    }

    private void assertDescription(String property, String start) {
        runner.withPropertyValues(property)
                .run(context -> assertThat(analyze(context).getDescription()).startsWith(start));
    }

    private static FailureAnalysis analyze(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        Throwable failure = java.util.Objects.requireNonNull(context.getStartupFailure());
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation(
                        StartupFailureTest.class.getClassLoader())
                .load(
                        FailureAnalyzer.class,
                        SpringFactoriesLoader.FailureHandler.handleMessage((message, thrown) -> {}));
        @Nullable FailureAnalysis found = null;
        for (FailureAnalyzer analyzer : analyzers) {
            boolean ours = analyzer.getClass().getPackageName().startsWith("dev.daybook");
            found = ours && found == null ? analyzer.analyze(failure) : found;
        }
        if (found == null) {
            throw new AssertionError("no analyzer explains the failure", failure);
        }
        return found;
    }
}
