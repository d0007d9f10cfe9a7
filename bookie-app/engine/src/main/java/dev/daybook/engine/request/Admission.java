package dev.daybook.engine.request;

import dev.daybook.engine.ledger.Ledger;
import dev.daybook.protocol.wire.Status;
import java.util.Optional;

/** Which writes are refused, and with what. The order of the checks is visible on the wire. */
final class Admission {
    private boolean readOnly;
    private boolean highPriorityWrites = true;
    private boolean cacheFull;
    private boolean journalFailed;

    void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    void setHighPriorityWrites(boolean accepted) {
        this.highPriorityWrites = accepted;
    }

    void setCacheFull(boolean cacheFull) {
        this.cacheFull = cacheFull;
    }

    void setJournalFailed() {
        this.journalFailed = true;
    }

    /** Wire protocol, section 6.1. */
    Optional<Status> refusalOf(AddCommand<?> add, Optional<Ledger> known) {
        Optional<Status> refusal = refusalOfAnyWrite(add.highPriority() && highPriorityWrites);
        if (refusal.isEmpty() && known.isPresent()) {
            refusal = refusalByLedger(known.get(), add);
        }
        if (refusal.isEmpty() && (!add.wellFormed() || add.entryId() < 0)) {
            refusal = Optional.of(Status.BAD_REQUEST);
        }
        return refusal;
    }

    /** Wire protocol, section 6.5. Fences do not matter. */
    Optional<Status> refusalOfWriteLac(byte[] masterKey, boolean wellFormed, Optional<Ledger> known) {
        Optional<Status> refusal = refusalOfAnyWrite(false);
        if (refusal.isEmpty() && known.isPresent()) {
            refusal = refusalOfKey(masterKey, known.get());
        }
        if (refusal.isEmpty() && !wellFormed) {
            refusal = Optional.of(Status.BAD_REQUEST);
        }
        return refusal;
    }

    /** Wire protocol, section 6.3. Allowed while read-only. */
    Optional<Status> refusalOfFence(Optional<byte[]> masterKey, Optional<Ledger> known) {
        if (masterKey.isEmpty()) {
            return Optional.of(Status.UNAUTHORIZED);
        }
        if (journalFailed) {
            return Optional.of(Status.IO_ERROR);
        }
        return known.flatMap(ledger -> refusalOfKey(masterKey.get(), ledger));
    }

    private Optional<Status> refusalOfAnyWrite(boolean allowedWhileReadOnly) {
        if (readOnly && !allowedWhileReadOnly) {
            return Optional.of(Status.READ_ONLY);
        }
        if (journalFailed) {
            return Optional.of(Status.IO_ERROR);
        }
        return cacheFull ? Optional.of(Status.TOO_MANY_REQUESTS) : Optional.empty();
    }

    private static Optional<Status> refusalByLedger(Ledger ledger, AddCommand<?> add) {
        if (ledger.isGone()) {
            boolean mayRevive = ledger.isDeleted() && add.recovery();
            return mayRevive ? Optional.empty() : Optional.of(Status.FENCED);
        }
        if (!ledger.accepts(add.masterKey())) {
            return Optional.of(Status.UNAUTHORIZED);
        }
        if (add.recovery()) {
            return Optional.empty();
        }
        if (ledger.isFenced()) {
            return Optional.of(Status.FENCED);
        }
        // "Not fenced" is a statement about the past, which a ledger in limbo cannot make.
        return ledger.isInLimbo() ? Optional.of(Status.UNKNOWN_LEDGER_STATE) : Optional.empty();
    }

    private static Optional<Status> refusalOfKey(byte[] masterKey, Ledger ledger) {
        if (ledger.isGone()) {
            return Optional.of(Negatives.absent(Optional.of(ledger)));
        }
        return ledger.accepts(masterKey) ? Optional.empty() : Optional.of(Status.UNAUTHORIZED);
    }
}
