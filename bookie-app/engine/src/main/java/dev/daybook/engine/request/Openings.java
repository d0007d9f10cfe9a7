package dev.daybook.engine.request;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Ledger;
import dev.daybook.engine.ledger.LedgerTable;
import java.util.Optional;

/** Gives the ledger that an admitted write is for, and journals its key where that is news. */
final class Openings<P, T> {
    private final Outbox<P, T> outbox;
    private final LedgerTable ledgers;
    private final Limbo<P, T> limbo;

    Openings(Outbox<P, T> outbox, LedgerTable ledgers, Limbo<P, T> limbo) {
        this.outbox = outbox;
        this.ledgers = ledgers;
        this.limbo = limbo;
    }

    /** An unknown ledger comes into being, and a deleted one back to life; in limbo, where memory is in doubt. */
    Ledger forWriting(Optional<Ledger> known, long ledgerId, byte[] masterKey) {
        if (known.isPresent() && !known.get().isDeleted()) {
            if (known.get().wantsKey(masterKey)) {
                known.get().adoptKey(masterKey);
                journalKey(ledgerId, masterKey);
            }
            return known.get();
        }
        Ledger ledger;
        if (known.isPresent()) {
            ledger = known.get();
            ledger.revive(masterKey);
        } else {
            ledger = ledgers.create(ledgerId, masterKey);
        }
        journalKey(ledgerId, masterKey);
        if (ledgers.isDoubted(ledgerId)) {
            limbo.begin(ledger, verdict -> {});
        }
        return ledger;
    }

    private void journalKey(long ledgerId, byte[] masterKey) {
        outbox.emit(new Effect.Journal<>(
                BookieCore.append(new JournalRecord.Key<>(ledgerId, masterKey), Append.NO_OUTCOME)));
    }
}
