package dev.daybook.verification.check;

import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.History;
import dev.daybook.verification.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** C6: no handle sees the last confirmed entry fall, and nothing is called confirmed that is cut off later. */
final class Confirmations implements Checker {
    @Override
    public List<Violation> check(History history) {
        List<Violation> found = new ArrayList<>();
        Map<String, Operation> highest = new HashMap<>();
        Map<Long, Operation> told = new HashMap<>();
        Map<Long, Operation> closed = new HashMap<>();
        for (Operation operation : history.operations()) {
            if (!operation.isOk()) {
                continue;
            }
            if (operation.is(Call.READ_LAC)) {
                Operation before = highest.get(operation.handle());
                if (before != null && before.endedAt() < operation.invokedAt() && last(operation) < last(before)) {
                    found.add(new Violation(
                            "C6",
                            operation.ledgerId(),
                            "a handle of ledger " + operation.ledgerId() + " saw the last confirmed entry fall",
                            List.of(before, operation)));
                }
                highest.merge(operation.handle(), operation, Confirmations::higher);
                told.merge(operation.ledgerId(), operation, Confirmations::higher);
            } else if (operation.is(Call.RECOVER) || operation.is(Call.CLOSE)) {
                closed.putIfAbsent(operation.ledgerId(), operation);
            }
        }
        told.forEach((ledgerId, operation) -> {
            Operation end = closed.get(ledgerId);
            if (end != null && last(operation) > last(end)) {
                found.add(new Violation(
                        "C6",
                        ledgerId,
                        "entry " + last(operation) + " of ledger " + ledgerId + " was called confirmed and cut off",
                        List.of(operation, end)));
            }
        });
        return found;
    }

    private static Operation higher(Operation left, Operation right) {
        return last(left) >= last(right) ? left : right;
    }

    private static long last(Operation operation) {
        return operation.ending().orElseThrow().last();
    }
}
