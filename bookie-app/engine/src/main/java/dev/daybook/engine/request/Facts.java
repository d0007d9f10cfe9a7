package dev.daybook.engine.request;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Ledger;
import dev.daybook.engine.ledger.LedgerTable;
import java.util.Optional;

/** What durable facts do to the ledgers: the same, whether they come from a request or from the journal at a restart. */
final class Facts<P, T> {
    private final Outbox<P, T> outbox;
    private final LedgerTable ledgers;

    Facts(Outbox<P, T> outbox, LedgerTable ledgers) {
        this.outbox = outbox;
        this.ledgers = ledgers;
    }

    /** The entry becomes visible. Returns whether the ledger's known LAC rose. */
    boolean store(Ledger ledger, long entryId, long lac, P payload) {
        outbox.emit(new Effect.Store<>(ledger.id(), entryId, payload));
        return ledger.entryStored(entryId, lac);
    }

    /** The payload was not stored and will not be. */
    void release(P payload) {
        outbox.emit(new Effect.Release<>(payload));
    }

    void bury(Ledger ledger, long deletedMillis) {
        ledger.becomeTombstone(ledgers.currentFlush(), deletedMillis);
        outbox.emit(new Effect.Drop<>(ledger.id()));
    }

    /** @throws IllegalStateException if the fact belongs to a ledger that neither journal nor checkpoint know */
    void replay(JournalRecord<P> fact) {
        Optional<Ledger> known = ledgers.find(fact.ledgerId());
        if (fact instanceof JournalRecord.Key<P> key) {
            replayKey(key, known);
            return;
        }
        Ledger ledger = known.orElseGet(() -> halfForgotten(fact.ledgerId()));
        if (ledger.isDeleted()) {
            if (fact instanceof JournalRecord.Entry<P> entry) {
                release(entry.payload());
            }
            return;
        }
        if (fact instanceof JournalRecord.Entry<P> entry) {
            store(ledger, entry.entryId(), entry.lac(), entry.payload());
        } else if (fact instanceof JournalRecord.Fence<P>) {
            ledger.fenceBecameDurable();
        } else if (fact instanceof JournalRecord.ExplicitLac<P> lac) {
            ledger.setExplicitLac(lac.bytes(), lac.lac());
        } else if (fact instanceof JournalRecord.Limbo<P> limbo) {
            ledger.setLimbo(limbo.inLimbo());
            if (limbo.inLimbo()) {
                // The record of the fence follows, and may have been lost. By the checkpoint that ends every replay.
                ledger.fenceBecameDurable();
            }
            ledger.entryFound(limbo.lastEntryId());
        } else if (fact instanceof JournalRecord.Delete<P> delete) {
            bury(ledger, delete.deletedMillis());
        }
    }

    /** The record that told the ledger's key was lost, and who knows what else. */
    private Ledger halfForgotten(long ledgerId) {
        if (!ledgers.isDoubted(ledgerId)) {
            throw new IllegalStateException("the journal has a record of ledger " + ledgerId
                    + ", whose key is neither in the journal nor in the checkpoint");
        }
        Ledger ledger = ledgers.create(ledgerId, new byte[0]);
        ledger.setLimbo(true);
        ledger.fenceBecameDurable(); // By the checkpoint that ends every replay, before anybody asks.
        return ledger;
    }

    private void replayKey(JournalRecord.Key<P> key, Optional<Ledger> known) {
        if (known.isEmpty()) {
            ledgers.create(key.ledgerId(), key.masterKey());
        } else if (known.get().isDeleted()) {
            known.get().revive(key.masterKey());
        } else if (known.get().wantsKey(key.masterKey())) {
            known.get().adoptKey(key.masterKey());
        }
    }
}
