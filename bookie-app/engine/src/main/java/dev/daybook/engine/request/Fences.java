package dev.daybook.engine.request;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes fences durable before anything is answered to who asked for them. The answer is computed after that moment: adds
 * that were accepted before the fence are earlier in the same journal and have become visible by then, so "no such
 * entry" can never turn into an acknowledged entry later.
 */
final class Fences<P, T> {
    private final Outbox<P, T> outbox;
    private final Map<Long, List<Consumer<Verdict>>> waiting = new HashMap<>();

    Fences(Outbox<P, T> outbox) {
        this.outbox = outbox;
    }

    /** Refuses normal adds from now on. Calls {@code then} with OK once the fence is durable, else with IO_ERROR. */
    void fence(Ledger ledger, Consumer<Verdict> then) {
        ledger.fence();
        if (ledger.isFenceDurable()) {
            then.accept(Verdict.OK);
            return;
        }
        boolean first = !waiting.containsKey(ledger.id());
        waiting.computeIfAbsent(ledger.id(), id -> new ArrayList<>()).add(then);
        if (first) {
            outbox.emit(new Effect.Journal<>(
                    BookieCore.append(new JournalRecord.Fence<>(ledger.id()), new Outcome(ledger))));
        }
    }

    private void release(Ledger ledger, Verdict verdict) {
        List<Consumer<Verdict>> released = waiting.remove(ledger.id());
        if (released != null) {
            released.forEach(then -> then.accept(verdict));
        }
    }

    private final class Outcome implements Append.Outcome {
        private final Ledger ledger;

        Outcome(Ledger ledger) {
            this.ledger = ledger;
        }

        @Override
        public void synced() {
            ledger.fenceBecameDurable();
            release(ledger, Verdict.OK);
        }

        @Override
        public void failed() {
            release(ledger, Verdict.IO_ERROR);
        }
    }
}
