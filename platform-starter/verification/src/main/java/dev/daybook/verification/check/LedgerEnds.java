package dev.daybook.verification.check;

import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.History;
import dev.daybook.verification.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** C3 and C7: everybody sees the same end, all acknowledged entries lie before it, and the length is the sum. */
final class LedgerEnds implements Checker {
    @Override
    public List<Violation> check(History history) {
        List<Violation> found = new ArrayList<>();
        Map<Long, Operation> closed = new HashMap<>();
        Map<Long, Map<Long, Operation>> adds = new HashMap<>();
        for (Operation operation : history.operations()) {
            if (operation.is(Call.ADD)) {
                adds.computeIfAbsent(operation.ledgerId(), id -> new HashMap<>())
                        .put(operation.entryId(), operation);
            } else if ((operation.is(Call.RECOVER) || operation.is(Call.CLOSE)) && operation.isOk()) {
                Operation first = closed.putIfAbsent(operation.ledgerId(), operation);
                if (first != null && !sameEnd(first, operation)) {
                    found.add(new Violation(
                            "C7",
                            operation.ledgerId(),
                            "two clients saw different ends of ledger " + operation.ledgerId(),
                            List.of(first, operation)));
                }
            }
        }
        closed.forEach((ledgerId, end) -> checkEnd(end, adds.getOrDefault(ledgerId, Map.of()), found));
        return found;
    }

    private static boolean sameEnd(Operation left, Operation right) {
        Operation.Ending a = left.ending().orElseThrow();
        Operation.Ending b = right.ending().orElseThrow();
        return a.last() == b.last() && a.length() == b.length();
    }

    private static void checkEnd(Operation end, Map<Long, Operation> adds, List<Violation> found) {
        Operation.Ending ending = end.ending().orElseThrow();
        for (Operation add : adds.values()) {
            if (add.isOk() && add.entryId() > ending.last()) {
                found.add(new Violation(
                        "C3",
                        end.ledgerId(),
                        "entry " + add.entryId() + " was acknowledged behind the end of ledger " + end.ledgerId(),
                        List.of(add, end)));
            }
        }
        long length = 0;
        for (long entryId = 0; entryId <= ending.last(); entryId++) {
            Operation add = adds.get(entryId);
            if (add == null) {
                found.add(new Violation(
                        "C3",
                        end.ledgerId(),
                        "nobody added entry " + entryId + " of ledger " + end.ledgerId(),
                        List.of(end)));
                return;
            }
            if (add.bytes() == Operation.BYTES_UNCOUNTED) {
                return;
            }
            length += add.bytes();
        }
        if (length != ending.length()) {
            found.add(new Violation(
                    "C3",
                    end.ledgerId(),
                    "the entries of ledger " + end.ledgerId() + " have " + length + " bytes, its record says "
                            + ending.length(),
                    List.of(end)));
        }
    }
}
