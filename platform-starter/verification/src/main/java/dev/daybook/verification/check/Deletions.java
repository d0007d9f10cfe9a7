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

/** C11: no ledger is created twice, and no writer closes its ledger after it was deleted. */
final class Deletions implements Checker {
    @Override
    public List<Violation> check(History history) {
        List<Violation> found = new ArrayList<>();
        Map<Long, Operation> deleted = new HashMap<>();
        Set<Long> created = new HashSet<>();
        for (Operation operation : history.operations()) {
            if (operation.is(Call.DELETE) && operation.isOk()) {
                deleted.merge(operation.ledgerId(), operation, (a, b) -> a.endedAt() <= b.endedAt() ? a : b);
            } else if (operation.is(Call.CREATE) && operation.isOk() && !created.add(operation.ledgerId())) {
                found.add(new Violation(
                        "C11",
                        operation.ledgerId(),
                        "ledger " + operation.ledgerId() + " was created twice",
                        List.of(operation)));
            }
        }
        for (Operation operation : history.operations()) {
            Operation delete = deleted.get(operation.ledgerId());
            if (delete != null
                    && operation.is(Call.CLOSE)
                    && operation.isOk()
                    && operation.invokedAt() > delete.endedAt()) {
                found.add(new Violation(
                        "C11",
                        operation.ledgerId(),
                        "ledger " + operation.ledgerId() + " was closed after it had been deleted",
                        List.of(delete, operation)));
            }
        }
        return found;
    }
}
