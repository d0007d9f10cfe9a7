package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static dev.daybook.client.fake.Cluster.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.PlacementConfig;
import dev.daybook.client.PlacementConfig.Policy;
import dev.daybook.client.PlacementConfig.Quarantine;
import dev.daybook.client.PlacementConfig.Spread;
import dev.daybook.client.PlacementConfig.Topology;
import dev.daybook.client.PlacementConfig.Weights;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where new ledgers go, and what takes the place of failed bookies. */
class PlacementTest {
    private static final Quorum TWO = new Quorum(2, 2, 1);

    private final Cluster cluster = new Cluster(4);
    private final RecordedMetrics metrics = new RecordedMetrics();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static PlacementConfig strictly(PlacementConfig config, Policy policy) {
        return config.withSpread(Spread.over(policy, 2).strictly());
    }

    private LedgerClient client(UnaryOperator<PlacementConfig> change) {
        ClientConfig config = Cluster.config(Generation.V3);
        return cluster.client(config.withPlacement(change.apply(config.placement())), metrics);
    }

    /** Three in the first rack, one in the second. */
    private Map<String, String> racks() {
        Map<String, String> racks = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            racks.put(id(i).value(), i < 3 ? "/r1" : "/r2");
        }
        return racks;
    }

    private BookieId id(int number) {
        return cluster.bookies.get(number).id();
    }

    private static List<BookieId> ensembleOfNew(LedgerClient client, Quorum quorum) {
        return await(client.create(LedgerSpec.of(quorum)))
                .metadata()
                .lastFragment()
                .ensemble();
    }

    @Test
    void whoeverTestsABookieChoosesIt() {
        LedgerClient client = client(config -> strictly(config, Policy.RACKS).withTopology(Topology.of(racks())));
        List<BookieId> oneRack = List.of(id(2), id(0));
        AppendLedger ledger = await(client.create(LedgerSpec.of(TWO).withEnsemble(oneRack)));
        await(ledger.append(new byte[] {1}));
        assertThat(await(ledger.closeLedger()).lastFragment().ensemble()).isEqualTo(oneRack);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerSpec.of(TWO).withEnsemble(List.of(id(1))))
                .withMessageContaining(id(1).value());
    }

    @Test
    void writeSetsSpanRacks() {
        LedgerClient client = client(config -> strictly(config, Policy.RACKS).withTopology(Topology.of(racks())));
        for (int i = 0; i < 20; i++) {
            assertThat(ensembleOfNew(client, TWO)).contains(id(3));
        }
    }

    @Test
    void aStrictPolicySaysWhatItCannotMeetAndByWhom() {
        LedgerClient client = client(config -> strictly(config, Policy.RACKS).withTopology(Topology.of(racks())));
        cluster.unregister(cluster.bookies.get(3));
        // The news travels to the client on its own.
        until("the second rack is gone", () -> {
            try {
                await(client.create(LedgerSpec.of(TWO)));
                return false;
            } catch (LedgerException e) {
                assertThat(e.reason()).isEqualTo(Reason.NOT_ENOUGH_BOOKIES);
                assertThat(e).hasMessageContaining("every write set of 2 spans 2 racks; considered: /r1 [");
                assertThat(e).hasMessageContaining(id(0).value());
                return true;
            }
        });
        LedgerClient lenient = client(config -> config.withTopology(Topology.of(racks())));
        assertThat(ensembleOfNew(lenient, TWO)).hasSize(2);
    }

    @Test
    void aReplacementKeepsToThePolicy() {
        cluster.addBookie();
        Map<String, String> racks = racks();
        racks.put(id(4).value(), "/r2");
        LedgerClient client = client(config -> strictly(config, Policy.RACKS).withTopology(Topology.of(racks)));
        AppendLedger writer = await(client.create(LedgerSpec.of(TWO)));
        BookieId lost = writer.metadata().lastFragment().ensemble().stream()
                .filter(bookie -> "/r2".equals(racks.get(bookie.value())))
                .findFirst()
                .orElseThrow();
        cluster.bookie(lost).stop();
        until("the ensemble changes", () -> {
            await(writer.append(new byte[1]));
            return !writer.metadata().lastFragment().ensemble().contains(lost);
        });
        assertThat(writer.metadata().lastFragment().ensemble().stream().map(bookie -> racks.get(bookie.value())))
                .containsExactlyInAnyOrder("/r1", "/r2");
        writer.close();
    }

    @Test
    void quorumsThatDoNotFitThePolicyAreRefused() {
        LedgerClient client = client(config -> strictly(config, Policy.ZONES));
        assertThat(failure(client.create(LedgerSpec.of(TWO))))
                .hasMessageContaining("the ensemble must be a multiple of the write quorum");
    }

    /** The registration of a dead bookie lasts for a while, and new ledgers must not run into it. */
    @Test
    void aBookieThatDiedIsNotChosenAgain() {
        LedgerClient client = client(UnaryOperator.identity());
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(4, 4, 2))));
        BookieId dead = id(1);
        cluster.bookie(dead).stop();
        await(writer.append(new byte[1]));
        until(
                "the client notices",
                () -> !ensembleOfNew(client, new Quorum(3, 3, 2)).contains(dead));
        for (int i = 0; i < 30; i++) {
            assertThat(ensembleOfNew(client, new Quorum(3, 3, 2))).doesNotContain(dead);
        }
        assertThat(metrics.quarantined.get()).as("however many loops avoid it").isEqualTo(1);
        assertThat(ensembleOfNew(client, new Quorum(4, 4, 2)))
                .as("needed after all")
                .contains(dead);
        writer.close();
        client.close();
        assertThat(metrics.quarantined.get()).isZero();
    }

    @Test
    void quarantineEndsWithTheTime() {
        LedgerClient client = client(config -> config.withQuarantine(new Quarantine(Duration.ofMillis(200), 3)));
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(4, 4, 2))));
        FakeBookie back = cluster.bookies.get(1);
        back.stop();
        await(writer.append(new byte[1]));
        back.start();
        until(
                "it is chosen again",
                () -> ensembleOfNew(client, new Quorum(3, 3, 2)).contains(back.id()));
        writer.close();
    }

    @Test
    void readOnlyBookiesAreNeverChosen() {
        cluster.register(cluster.bookies.get(2), true);
        LedgerClient client = client(UnaryOperator.identity());
        for (int i = 0; i < 20; i++) {
            assertThat(ensembleOfNew(client, TWO)).doesNotContain(id(2));
        }
    }

    @Test
    void roomAttractsLedgers() {
        cluster.bookies.get(0).freeBytes(100_000);
        for (FakeBookie small : cluster.bookies.subList(1, 4)) {
            small.freeBytes(100);
        }
        LedgerClient client = client(config -> config.withWeights(new Weights(true, Duration.ofMillis(50))));
        until(
                "all were asked twice",
                () -> cluster.bookies.stream().allMatch(bookie -> bookie.received(Operation.BOOKIE_INFO) >= 2));
        List<BookieId> chosen = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            chosen.addAll(ensembleOfNew(client, new Quorum(1, 1, 1)));
        }
        Map<BookieId, Long> counts =
                chosen.stream().collect(Collectors.groupingBy(bookie -> bookie, Collectors.counting()));
        assertThat(counts.get(id(0))).as("three of six shares").isBetween(140L, 260L);
        assertThat(counts.keySet()).isEqualTo(Set.of(id(0), id(1), id(2), id(3)));
    }
}
