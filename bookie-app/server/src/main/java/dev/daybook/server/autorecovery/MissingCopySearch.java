package dev.daybook.server.autorecovery;

import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.core.repair.CheckReport;
import dev.daybook.core.repair.Fault;
import dev.daybook.core.repair.FaultyRange;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Asks bookies for copies that they should have, and marks each ledger of which some are missing. A bookie that does not
 * answer has not lost anything by that. Source: auto-recovery specification, section 3.5.
 */
final class MissingCopySearch implements LedgerSearch {
    private final LedgerRepairs repairs;
    private final RepairRequest request;
    private final Predicate<BookieId> spared;
    private final MarkWriter marks;

    /** @param percent of the entries that are asked for, besides the first and last ones */
    MissingCopySearch(LedgerRepairs repairs, int percent, Predicate<BookieId> spared, MarkWriter marks) {
        this.repairs = repairs;
        this.request = new RepairRequest(Set.of(), Set.of(), Map.of(), percent);
        this.spared = spared;
        this.marks = marks;
    }

    @Override
    public CompletionStage<Void> look(LedgerId ledger) {
        return repairs.check(ledger, request)
                .thenCompose(found -> found.map(report -> marks.mark(ledger, lacking(report)))
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private Set<BookieId> lacking(CheckReport report) {
        Set<BookieId> lost = new HashSet<>(report.openFaulty());
        Set<BookieId> lacking = new HashSet<>();
        for (FaultyRange faulty : report.faulty()) {
            faulty.faults().forEach((position, fault) -> {
                BookieId member = faulty.range().fragment().ensemble().get(position);
                (fault == Fault.LACKING ? lacking : lost).add(member);
            });
        }
        lost.removeIf(spared);
        lacking.addAll(lost);
        return lacking;
    }
}
