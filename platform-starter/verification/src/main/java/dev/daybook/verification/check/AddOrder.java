package dev.daybook.verification.check;

import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.History;
import dev.daybook.verification.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** C16: one handle is told of its adds in the order of their entries, and none is left out. */
final class AddOrder implements Checker {
    @Override
    public List<Violation> check(History history) {
        List<Operation> adds = new ArrayList<>();
        for (Operation operation : history.operations()) {
            if (operation.is(Call.ADD) && operation.isOk()) {
                adds.add(operation);
            }
        }
        adds.sort(Comparator.comparingLong(Operation::endedAt));
        List<Violation> found = new ArrayList<>();
        Map<String, Operation> previous = new HashMap<>();
        for (Operation add : adds) {
            Operation before = previous.put(add.handle(), add);
            long expected = before == null ? 0 : before.entryId() + 1;
            if (add.entryId() != expected) {
                found.add(new Violation(
                        "C16",
                        add.ledgerId(),
                        "entry " + add.entryId() + " of ledger " + add.ledgerId() + " was acknowledged when entry "
                                + expected + " was next",
                        before == null ? List.of(add) : List.of(before, add)));
            }
        }
        return found;
    }
}
