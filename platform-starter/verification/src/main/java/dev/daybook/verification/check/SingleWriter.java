package dev.daybook.verification.check;

import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.History;
import dev.daybook.verification.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** C5: once a recovery has succeeded no add succeeds that was asked for later, or that lies behind the end. */
final class SingleWriter implements Checker {
    @Override
    public List<Violation> check(History history) {
        Map<Long, Operation> fence = new HashMap<>();
        for (Operation operation : history.operations()) {
            if (operation.is(Call.RECOVER) && operation.isOk()) {
                fence.merge(operation.ledgerId(), operation, (a, b) -> a.endedAt() <= b.endedAt() ? a : b);
            }
        }
        List<Violation> found = new ArrayList<>();
        for (Operation add : history.operations()) {
            Operation recovered = fence.get(add.ledgerId());
            if (!add.is(Call.ADD) || !add.isOk() || recovered == null) {
                continue;
            }
            boolean late = add.invokedAt() > recovered.endedAt();
            if (late || add.entryId() > recovered.ending().orElseThrow().last()) {
                found.add(new Violation(
                        "C5",
                        add.ledgerId(),
                        "entry " + add.entryId() + " of ledger " + add.ledgerId()
                                + " was acknowledged although the ledger was recovered without it",
                        List.of(recovered, add)));
            }
        }
        return found;
    }
}
