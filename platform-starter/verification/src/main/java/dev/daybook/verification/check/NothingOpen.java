package dev.daybook.verification.check;

import dev.daybook.verification.history.History;
import dev.daybook.verification.history.Operation;
import java.util.ArrayList;
import java.util.List;

/** C12: nothing waits for ever. A process that dies says so of its operations. */
final class NothingOpen implements Checker {
    @Override
    public List<Violation> check(History history) {
        List<Violation> found = new ArrayList<>();
        for (Operation operation : history.operations()) {
            if (operation.ending().isEmpty()) {
                found.add(new Violation(
                        "C12",
                        operation.ledgerId(),
                        "an operation of " + operation.process() + " on ledger " + operation.ledgerId()
                                + " did not end",
                        List.of(operation)));
            }
        }
        return found;
    }
}
