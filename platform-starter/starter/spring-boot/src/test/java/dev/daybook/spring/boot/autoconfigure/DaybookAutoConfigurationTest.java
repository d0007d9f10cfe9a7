package dev.daybook.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.PlacementConfig;
import dev.daybook.client.ReadConfig;
import dev.daybook.client.WriterConfig;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.spring.core.LedgerOperations;
import dev.daybook.spring.core.LedgerTemplate;
import dev.daybook.testsupport.InMemoryLedgers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DaybookAutoConfigurationTest {
    private final CapturingFactory factory = new CapturingFactory();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DaybookAutoConfiguration.class))
            .withBean(LedgerClientFactory.class, () -> factory);

    @Test
    void bootFindsTheConfigurations() {
        assertThat(ImportCandidates.load(
                                org.springframework.boot.autoconfigure.AutoConfiguration.class,
                                getClass().getClassLoader())
                        .getCandidates())
                .contains(DaybookAutoConfiguration.class.getName());
    }

    @Test
    void aBareApplicationGetsAClientOfLocalhostAndATemplate() {
        runner.run(context -> {
            LedgerId id =
                    context.getBean(LedgerTemplate.class).append(List.of("hello".getBytes(StandardCharsets.UTF_8)));

            assertThat(context.getBean(LedgerOperations.class).forEach(id, entry -> {}))
                    .isEqualTo(1);
            assertThat(factory.config()).isEqualTo(ClientConfig.of(MetadataUri.parse("zk://localhost:2181/ledgers")));
            assertThat(factory.metrics()).isSameAs(ClientMetrics.NONE);
            assertThat(context.getBean(LedgerSpec.class).quorum()).isEqualTo(new Quorum(3, 2, 2));
        });
    }

    @Test
    void theClientIsClosedWithTheContext() {
        runner.run(context -> assertThat(factory.ledgers().isClosed()).isFalse());

        assertThat(factory.ledgers().isClosed()).isTrue();
    }

    @Test
    void everyPropertyArrives() {
        runner.withPropertyValues(
                        "daybook.metadata-uri=zk+longhierarchical://a:1;b:2/my/ledgers",
                        "daybook.metadata.session-timeout=11s",
                        "daybook.metadata.operation-timeout=12s",
                        "daybook.client.connect-timeout=13s",
                        "daybook.client.add-timeout=14s",
                        "daybook.client.read-timeout=15s",
                        "daybook.client.max-pending-bytes=16MB",
                        "daybook.client.max-frame-bytes=1MB",
                        "daybook.client.protocol=v2",
                        "daybook.client.append-timeout=17s",
                        "daybook.client.explicit-lac-delay=18ms",
                        "daybook.ledger.ensemble-size=5",
                        "daybook.ledger.write-quorum=4",
                        "daybook.ledger.ack-quorum=3",
                        "daybook.ledger.digest=mac",
                        "daybook.ledger.password=secret")
                .run(context -> {
                    ClientConfig config = factory.config();
                    assertThat(config.metadataUri())
                            .isEqualTo(MetadataUri.parse("zk+longhierarchical://a:1;b:2/my/ledgers"));
                    assertThat(config.sessionTimeout()).hasSeconds(11);
                    assertThat(config.metadataTimeout()).hasSeconds(12);
                    assertThat(config.connectTimeout()).hasSeconds(13);
                    assertThat(config.addTimeout()).hasSeconds(14);
                    assertThat(config.readTimeout()).hasSeconds(15);
                    assertThat(config.maxPendingBytes()).isEqualTo(16 * 1024 * 1024);
                    assertThat(config.maxFrameBytes()).isEqualTo(1024 * 1024);
                    assertThat(config.generation()).isEqualTo(Generation.V2);
                    assertThat(config.writes())
                            .isEqualTo(new WriterConfig(Duration.ofSeconds(17), Duration.ofMillis(18)));
                    LedgerSpec spec = context.getBean(LedgerTemplate.class).defaultSpec();
                    assertThat(spec)
                            .isEqualTo(LedgerSpec.of(new Quorum(5, 4, 3))
                                    .withDigest(DigestType.MAC)
                                    .withPassword(LedgerPassword.of("secret")));
                    assertThat(context.getBean(DaybookProperties.class).toString())
                            .doesNotContain("secret");
                });
    }

    @Test
    void readingAndPlacementAreSetTogether() {
        runner.withPropertyValues(
                        "daybook.client.reads.hedge-delay=70ms",
                        "daybook.client.reads.reorder=false",
                        "daybook.client.reads.sticky=true",
                        "daybook.client.reads.batch=false",
                        "daybook.client.reads.repair-hints=false",
                        "daybook.client.placement.policy=regions",
                        "daybook.client.placement.strict=true",
                        "daybook.client.placement.minimum=3",
                        "daybook.client.placement.desired-zones=4",
                        "daybook.client.placement.regions=east,west",
                        "daybook.client.placement.here=/east/r1",
                        "daybook.client.placement.locations[bookie1.example]=/west/r2",
                        "daybook.client.placement.weighted=true",
                        "daybook.client.placement.weights-interval=1m",
                        "daybook.client.placement.quarantine=2m",
                        "daybook.client.placement.quarantine-failures=7")
                .run(context -> {
                    assertThat(factory.config().reads())
                            .isEqualTo(new ReadConfig(Duration.ofMillis(70), false, true, false, false));
                    assertThat(factory.config().placement())
                            .isEqualTo(new PlacementConfig(
                                    new PlacementConfig.Spread(
                                            PlacementConfig.Policy.REGIONS, true, 3, 4, Set.of("east", "west")),
                                    new PlacementConfig.Topology(
                                            Optional.of("/east/r1"), Map.of("bookie1.example", "/west/r2")),
                                    new PlacementConfig.Weights(true, Duration.ofMinutes(1)),
                                    new PlacementConfig.Quarantine(Duration.ofMinutes(2), 7)));
                });
    }

    @Test
    void readingAndPlacementHaveTheClientsDefaults() {
        runner.run(context -> {
            assertThat(factory.config().reads()).isEqualTo(ReadConfig.DEFAULT);
            assertThat(factory.config().placement()).isEqualTo(PlacementConfig.DEFAULT);
        });
    }

    @Test
    void connectionDetailsWinOverTheProperty() {
        runner.withPropertyValues("daybook.metadata-uri=zk://elsewhere/ledgers")
                .withBean(LedgerConnectionDetails.class, () -> () -> "zk://container:4711/ledgers")
                .run(context ->
                        assertThat(factory.config().metadataUri().hosts()).containsExactly("container:4711"));
    }

    @Test
    void customizersHaveTheLastWord() {
        runner.withBean(ClientConfigCustomizer.class, () -> config -> config.withGeneration(Generation.V2))
                .run(context -> assertThat(factory.config().generation()).isEqualTo(Generation.V2));
    }

    @Test
    void backsOffWhenTheApplicationHasItsOwn() {
        InMemoryLedgers own = new InMemoryLedgers();
        LedgerSpec spec = LedgerSpec.of(new Quorum(1, 1, 1));
        runner.withBean("own", LedgerClient.class, () -> own)
                .withBean("ownTemplate", LedgerOperations.class, () -> new LedgerTemplate(own, spec))
                .run(context -> {
                    assertThat(context.getBean(LedgerClient.class)).isSameAs(own);
                    assertThat(context.getBeansOfType(LedgerOperations.class)).containsOnlyKeys("ownTemplate");
                    assertThat(factory.connections()).isZero();
                });
    }

    @Test
    void canBeSwitchedOff() {
        runner.withPropertyValues("daybook.enabled=false").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(LedgerClient.class);
            assertThat(factory.connections()).isZero();
        });
    }
}
