package dev.daybook.verification.check;

import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.History;
import dev.daybook.verification.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** C1: what was acknowledged is read in the final phase, unless somebody asked to delete its ledger. */
final class AcknowledgedReads implements Checker {
    private record Key(long ledgerId, long entryId) {}

    @Override
    public List<Violation> check(History history) {
        Set<Long> deleted = new HashSet<>();
        Map<Key, List<Operation>> finals = new HashMap<>();
        for (Operation operation : history.operations()) {
            if (operation.is(Call.DELETE)) {
                deleted.add(operation.ledgerId());
            } else if (operation.is(Call.READ) && history.isFinal(operation)) {
                finals.computeIfAbsent(new Key(operation.ledgerId(), operation.entryId()), key -> new ArrayList<>())
                        .add(operation);
            }
        }
        List<Violation> found = new ArrayList<>();
        for (Operation add : history.operations()) {
            if (!add.is(Call.ADD) || !add.isOk() || deleted.contains(add.ledgerId())) {
                continue;
            }
            List<Operation> reads = finals.getOrDefault(new Key(add.ledgerId(), add.entryId()), List.of());
            boolean allFound = !reads.isEmpty() && reads.stream().allMatch(Operation::isOk);
            if (!allFound) {
                List<Operation> evidence = new ArrayList<>(List.of(add));
                evidence.addAll(reads);
                found.add(new Violation(
                        "C1",
                        add.ledgerId(),
                        "acknowledged entry " + add.entryId() + " of ledger " + add.ledgerId()
                                + " cannot be read in the end",
                        evidence));
            }
        }
        return found;
    }
}
