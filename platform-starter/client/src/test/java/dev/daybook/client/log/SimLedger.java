package dev.daybook.client.log;

import dev.daybook.client.LedgerSpec;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.ArrayList;
import java.util.List;

/** A ledger: what is stored, how much of it was acknowledged, and whether it is closed. */
final class SimLedger {
    final LedgerId id;
    final List<byte[]> entries = new ArrayList<>();
    int confirmed;
    private LedgerMetadata metadata;

    /** Who waits for more, or for the end. */
    private final List<Runnable> waiting = new ArrayList<>();

    SimLedger(LedgerId id, LedgerSpec spec) {
        this.id = id;
        this.metadata = LedgerMetadata.open(
                spec.quorum(),
                new Fragment(0, List.of(new BookieId("a:1"), new BookieId("b:1"), new BookieId("c:1"))),
                new LedgerMetadata.Credentials(spec.digest(), spec.password()),
                spec.custom(),
                id.value() + 1);
    }

    /** Runs the task at the next change. */
    void onChange(Runnable task) {
        waiting.add(task);
    }

    /** Something was confirmed, or the ledger was closed or deleted. */
    void changed() {
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    LedgerMetadata metadata() {
        return metadata;
    }

    boolean isClosed() {
        return metadata.isClosed();
    }

    long bytes(int count) {
        return entries.subList(0, count).stream()
                .mapToLong(entry -> entry.length)
                .sum();
    }

    /** Closed by its writer: what was not acknowledged is cut off. */
    void close() {
        if (!isClosed()) {
            entries.subList(confirmed, entries.size()).clear();
            end();
        }
    }

    /** Closed by recovery: whatever is stored counts. */
    void recover() {
        if (!isClosed()) {
            confirmed = entries.size();
            end();
        }
    }

    private void end() {
        metadata = metadata.closedAt(new LedgerMetadata.End(confirmed - 1L, bytes(confirmed)));
        changed();
    }
}
