package dev.daybook.testsupport;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.client.repair.RepairReport;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.client.repair.RepairRun;
import dev.daybook.core.place.Adherence;
import dev.daybook.core.repair.CheckReport;
import dev.daybook.core.repair.CompleteRepair;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** In memory nothing is ever lost, so every ledger is found whole. */
final class InMemoryRepairs implements LedgerRepairs {
    private static final RepairTally NOTHING = new RepairTally(0, 0, 0);

    private final LedgerAdmin admin;

    InMemoryRepairs(LedgerAdmin admin) {
        this.admin = admin;
    }

    @Override
    public RepairRun repair(LedgerId ledger, RepairRequest request) {
        CompletionStage<RepairReport> end = admin.ledger(ledger)
                .thenApply(found -> new RepairReport(
                        found.<CompleteRepair.Outcome>map(CompleteRepair.Outcome.Whole::new)
                                .orElseGet(CompleteRepair.Outcome.Gone::new),
                        NOTHING));
        return new RepairRun() {
            @Override
            public void abandon() {
                // It has ended.
            }

            @Override
            public CompletionStage<RepairReport> end() {
                return end;
            }

            @Override
            public RepairTally progress() {
                return NOTHING;
            }
        };
    }

    @Override
    public CompletionStage<Optional<CheckReport>> check(LedgerId ledger, RepairRequest request) {
        return admin.ledger(ledger)
                .thenApply(found -> found.map(record -> new CheckReport(List.of(), Set.of(), Map.of())));
    }

    @Override
    public CompletionStage<Adherence> adherence(LedgerId ledger, LedgerMetadata metadata) {
        return CompletableFuture.completedFuture(Adherence.MEETS_STRICT);
    }

    @Override
    public CompletionStage<LedgerMetadata> recover(LedgerId ledger) {
        return admin.ledger(ledger)
                .thenApply(found -> found.map(Versioned::value)
                        .orElseThrow(() -> new LedgerException(Reason.NO_SUCH_LEDGER, "there is no ledger " + ledger)));
    }

    @Override
    public void limitBytesPerSecond(long bytes) {
        // Nothing is read.
    }

    @Override
    public void giveWay(boolean now) {
        // Nobody is in the way.
    }
}
