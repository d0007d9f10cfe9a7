package dev.daybook.verification.check;

import dev.daybook.verification.history.History;
import java.util.List;

/** One rule that every history must keep. */
@FunctionalInterface
public interface Checker {
    List<Violation> check(History history);

    /** All rules that a history of clients alone can break. */
    static List<Checker> all() {
        return List.of(
                new AcknowledgedReads(),
                new StableReads(),
                new LedgerEnds(),
                new Integrity(),
                new SingleWriter(),
                new Confirmations(),
                new Deletions(),
                new NothingOpen(),
                new AddOrder());
    }
}
