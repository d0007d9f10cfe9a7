package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.PlacementConfig;
import dev.daybook.client.PlacementConfig.Policy;
import dev.daybook.client.PlacementConfig.Spread;
import dev.daybook.client.PlacementConfig.Topology;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.core.audit.Search;
import dev.daybook.core.audit.SearchPlan;
import dev.daybook.core.repair.StallReason;
import dev.daybook.core.work.WorkState;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import dev.daybook.server.net.Eventually;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ledgers all of whose copies stand in one rack get one into another, or say why not. */
class PlacementRepairTest extends AutoRecoveryBed {
    private AutoRecovery rackAware(Map<String, String> racks, boolean repairs) {
        ClientConfig client = clientConfig()
                .withPlacement(PlacementConfig.DEFAULT
                        .withSpread(Spread.over(Policy.RACKS, 2))
                        .withTopology(Topology.of(racks)));
        AutoRecovery begun = AutoRecovery.start(
                AutoRecoveryConfig.of("worker")
                        .withPace(HASTY)
                        .withAudit(new AutoRecoveryConfig.Audit(new SearchPlan(Map.of()), 0, 0, repairs)),
                client,
                cluster.another(),
                RecoveryMetrics.NONE);
        recoveries.add(begun);
        return begun;
    }

    /** On b1, b2 and b3, whatever the writer chose. */
    private LedgerId inOneRack() {
        LedgerId ledger = closed(THREE);
        List<BookieId> rack = List.of(new BookieId("b1"), new BookieId("b2"), new BookieId("b3"));
        BookieId odd = new BookieId("b4");
        Versioned<LedgerMetadata> record = record(ledger);
        List<BookieId> ensemble = record.value().lastFragment().ensemble();
        if (ensemble.contains(odd)) {
            BookieId absent = rack.stream()
                    .filter(one -> !ensemble.contains(one))
                    .findFirst()
                    .orElseThrow();
            List<BookieId> moved =
                    ensemble.stream().map(one -> one.equals(odd) ? absent : one).toList();
            await(cluster.swap(
                    ledger, record.value().withFragments(List.of(new Fragment(0, moved))), record.version()));
            await(cluster.repairs().mark(ledger, Set.of(absent)));
        }
        return ledger;
    }

    private static final Map<String, String> TWO_RACKS =
            Map.of("b1", "/left", "b2", "/left", "b3", "/left", "b4", "/right");

    @Test
    void theSearchMarksWhatFailsAndACopyMoves() {
        LedgerId ledger = inOneRack();
        AutoRecovery recovery = rackAware(TWO_RACKS, true);
        Eventually.holds("whole in one rack", () -> marks().isEmpty());
        Eventually.holds("elected and searching", () -> await(recovery.search(Search.PLACEMENT)));
        Eventually.holds(
                "a copy is in the other rack", () -> isMember(ledger, new BookieId("b4")) && marks().isEmpty());
        checkEveryCopy(ledger);
        assertThat(metadata(ledger).lastFragment().ensemble()).hasSize(3);
    }

    @Test
    void whatCannotBeMovedSaysSo() {
        LedgerId ledger = inOneRack();
        AutoRecovery recovery = rackAware(Map.of("b1", "/left", "b2", "/left", "b3", "/left", "b4", "/left"), true);
        Eventually.holds("whole", () -> marks().isEmpty());
        await(cluster.repairs().mark(ledger, Set.of()));
        Eventually.holds("it is said why", () -> stalls(recovery, ledger, StallReason.NO_TARGET));
        assertThat(marks()).extracting(UnderReplicatedLedger::ledger).containsExactly(ledger);
    }

    @Test
    void unlessItIsSwitchedOnNothingMoves() {
        LedgerId ledger = inOneRack();
        AutoRecovery recovery = rackAware(TWO_RACKS, false);
        Eventually.holds("whole", () -> marks().isEmpty());
        Eventually.holds("searching", () -> await(recovery.search(Search.PLACEMENT)));
        await(cluster.repairs().mark(ledger, Set.of()));
        Eventually.holds("it is left alone", () -> isIn(recovery, ledger, WorkState.PLACEMENT_ONLY));
        assertThat(isMember(ledger, new BookieId("b4"))).isFalse();
    }
}
