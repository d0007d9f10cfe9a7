package dev.daybook.engine.request;

import dev.daybook.engine.ledger.Ledger;
import dev.daybook.engine.ledger.LedgerTable;
import java.util.Optional;

/** Which writes are refused, and with what. The order of the checks is visible on the wire. */
final class Admission {
    private final LedgerTable ledgers;
    private boolean readOnly;
    private boolean highPriorityWrites = true;
    private boolean journalFailed;
    private boolean journalBlocked;

    Admission(LedgerTable ledgers) {
        this.ledgers = ledgers;
    }

    void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    void setHighPriorityWrites(boolean accepted) {
        this.highPriorityWrites = accepted;
    }

    void setJournalFailed() {
        this.journalFailed = true;
    }

    void setJournalBlocked(boolean blocked) {
        this.journalBlocked = blocked;
    }

    /** Wire protocol, section 6.1. */
    Optional<Verdict> refusalOf(AddCommand<?> add, Optional<Ledger> known) {
        Optional<Verdict> refusal = refusalOfAnyWrite(add.highPriority() && highPriorityWrites);
        if (refusal.isEmpty()) {
            refusal = known.isPresent() ? refusalByLedger(known.get(), add) : refusalByDoubt(add);
        }
        if (refusal.isEmpty() && (!add.wellFormed() || add.entryId() < 0)) {
            refusal = Optional.of(Verdict.BAD_REQUEST);
        }
        return refusal;
    }

    /** Wire protocol, section 6.5. Fences do not matter. */
    Optional<Verdict> refusalOfWriteLac(byte[] masterKey, boolean wellFormed, Optional<Ledger> known) {
        Optional<Verdict> refusal = refusalOfAnyWrite(false);
        if (refusal.isEmpty() && known.isPresent()) {
            refusal = refusalOfKey(masterKey, known.get());
        }
        if (refusal.isEmpty() && !wellFormed) {
            refusal = Optional.of(Verdict.BAD_REQUEST);
        }
        return refusal;
    }

    /** Wire protocol, section 6.3. Allowed while read-only. */
    Optional<Verdict> refusalOfFence(Optional<byte[]> masterKey, Optional<Ledger> known) {
        if (masterKey.isEmpty()) {
            return Optional.of(Verdict.UNAUTHORIZED);
        }
        if (journalFailed || journalBlocked) {
            return Optional.of(Verdict.IO_ERROR);
        }
        return known.flatMap(ledger -> refusalOfKey(masterKey.get(), ledger));
    }

    private Optional<Verdict> refusalOfAnyWrite(boolean allowedWhileReadOnly) {
        if (readOnly && !allowedWhileReadOnly) {
            return Optional.of(Verdict.READ_ONLY);
        }
        return journalFailed || journalBlocked ? Optional.of(Verdict.IO_ERROR) : Optional.empty();
    }

    private Optional<Verdict> refusalByLedger(Ledger ledger, AddCommand<?> add) {
        if (ledger.isGone()) {
            boolean mayRevive = ledger.isDeleted() && add.recovery();
            return mayRevive ? Optional.empty() : Optional.of(Verdict.FENCED);
        }
        if (!ledger.accepts(add.masterKey())) {
            return Optional.of(Verdict.UNAUTHORIZED);
        }
        if (add.recovery()) {
            return Optional.empty();
        }
        if (ledger.isFenced()) {
            return Optional.of(Verdict.FENCED);
        }
        return refusalByDoubt(add);
    }

    /** "Not fenced" is a statement about the past, which nobody can make whose memory is in doubt. */
    private Optional<Verdict> refusalByDoubt(AddCommand<?> add) {
        boolean refused = !add.recovery() && ledgers.isUncertain(add.ledgerId());
        return refused ? Optional.of(Verdict.UNKNOWN_LEDGER_STATE) : Optional.empty();
    }

    private Optional<Verdict> refusalOfKey(byte[] masterKey, Ledger ledger) {
        if (ledger.isGone()) {
            return Optional.of(Negatives.absent(ledgers, ledger.id()));
        }
        return ledger.accepts(masterKey) ? Optional.empty() : Optional.of(Verdict.UNAUTHORIZED);
    }
}
