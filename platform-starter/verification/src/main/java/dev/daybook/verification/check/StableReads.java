package dev.daybook.verification.check;

import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.History;
import dev.daybook.verification.history.Kind;
import dev.daybook.verification.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** C2: what was read once is there for every later read, or cannot be told; it is never absent. */
final class StableReads implements Checker {
    private record Key(long ledgerId, long entryId) {}

    @Override
    public List<Violation> check(History history) {
        Map<Key, Operation> firstRead = new HashMap<>();
        Set<Long> deleted = new HashSet<>();
        for (Operation operation : history.operations()) {
            if (operation.is(Call.READ) && operation.isOk()) {
                Key key = new Key(operation.ledgerId(), operation.entryId());
                firstRead.merge(key, operation, (a, b) -> a.endedAt() <= b.endedAt() ? a : b);
            } else if (operation.is(Call.DELETE)) {
                deleted.add(operation.ledgerId());
            }
        }
        List<Violation> found = new ArrayList<>();
        for (Operation read : history.operations()) {
            Operation first = firstRead.get(new Key(read.ledgerId(), read.entryId()));
            boolean absent = read.is(Call.READ)
                    && read.ending().isPresent()
                    && read.ending().get().kind() == Kind.ABSENT;
            if (absent && first != null && first.endedAt() < read.invokedAt() && !deleted.contains(read.ledgerId())) {
                found.add(new Violation(
                        "C2",
                        read.ledgerId(),
                        "entry " + read.entryId() + " of ledger " + read.ledgerId() + " was read and is absent later",
                        List.of(first, read)));
            }
        }
        return found;
    }
}
