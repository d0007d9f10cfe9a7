package dev.daybook.verification.check;

import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.History;
import dev.daybook.verification.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** C4: what is read is what somebody added there, bit for bit. */
final class Integrity implements Checker {
    private record Key(long ledgerId, long entryId) {}

    @Override
    public List<Violation> check(History history) {
        Map<Key, List<Operation>> adds = new HashMap<>();
        for (Operation operation : history.operations()) {
            if (operation.is(Call.ADD)) {
                adds.computeIfAbsent(new Key(operation.ledgerId(), operation.entryId()), key -> new ArrayList<>())
                        .add(operation);
            }
        }
        List<Violation> found = new ArrayList<>();
        for (Operation read : history.operations()) {
            if (!read.is(Call.READ) || !read.isOk()) {
                continue;
            }
            List<Operation> candidates = adds.getOrDefault(new Key(read.ledgerId(), read.entryId()), List.of());
            String value = read.ending().orElseThrow().value();
            if (candidates.stream().noneMatch(add -> add.value().equals(value))) {
                List<Operation> evidence = new ArrayList<>(List.of(read));
                evidence.addAll(candidates);
                found.add(new Violation(
                        "C4",
                        read.ledgerId(),
                        "a read of entry " + read.entryId() + " of ledger " + read.ledgerId()
                                + " found what nobody added there",
                        evidence));
            }
        }
        return found;
    }
}
