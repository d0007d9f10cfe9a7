package dev.daybook.engine.request;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Ledger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts ledgers in limbo and takes them out again, durably. Source: bookie specification, section 3.5. Doubt takes effect
 * at once, trust only when it is durable.
 */
final class Limbo<P, T> {
    private final Outbox<P, T> outbox;
    private final Fences<P, T> fences;

    /** How often a ledger was put in limbo without that being durable yet. An end that is earlier does not end it. */
    private final Map<Long, Integer> beginning = new HashMap<>();

    Limbo(Outbox<P, T> outbox, Fences<P, T> fences) {
        this.outbox = outbox;
        this.fences = fences;
    }

    /** Calls {@code then} with OK once limbo and fence are durable, else with IO_ERROR. */
    void begin(Ledger ledger, Consumer<Verdict> then) {
        ledger.setLimbo(true);
        beginning.merge(ledger.id(), 1, Integer::sum);
        journal(ledger, true, verdict -> {
            beginning.computeIfPresent(ledger.id(), (id, times) -> times == 1 ? null : times - 1);
            if (verdict != Verdict.OK) {
                then.accept(verdict);
            } else {
                fences.fence(ledger, then);
            }
        });
        // At once as well: the fence must not wait for the sync of the record before.
        fences.fence(ledger, fenced -> {});
    }

    /**
     * Searches the entries first: which of them is the last may be among the things that were forgotten. Calls
     * {@code then} with OK once the end is durable, else with IO_ERROR.
     */
    void end(Ledger ledger, Consumer<Verdict> then) {
        outbox.emit(new Effect.ListEntries<>(new Listing(ledger.id(), ledger.visibleFromFlush(), result -> {
            if (ledger.isGone()) {
                then.accept(Verdict.OK);
            } else if (result instanceof ListResult.Listed listed) {
                for (long entryId : listed.entryIds()) {
                    ledger.entryFound(entryId);
                }
                journal(ledger, false, then);
            } else {
                then.accept(Verdict.IO_ERROR);
            }
        })));
    }

    private void journal(Ledger ledger, boolean inLimbo, Consumer<Verdict> then) {
        long lastEntryId = inLimbo ? -1 : ledger.lastEntryId();
        outbox.emit(new Effect.Journal<>(BookieCore.append(
                new JournalRecord.Limbo<>(ledger.id(), inLimbo, lastEntryId), new Append.Outcome() {
                    @Override
                    public void synced() {
                        ledger.setLimbo(inLimbo || beginning.containsKey(ledger.id()));
                        then.accept(Verdict.OK);
                    }

                    @Override
                    public void failed() {
                        then.accept(Verdict.IO_ERROR);
                    }
                })));
    }
}
