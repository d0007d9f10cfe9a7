package dev.daybook.engine.request;

import dev.daybook.engine.ledger.Ledger;
import dev.daybook.protocol.wire.Status;
import java.util.Optional;

/**
 * The one place where "no such ledger" and "no such entry" are said. A peer may end a ledger on the strength of such an
 * answer, so the caller must have searched everything without error; whatever falls short of that is an I/O error.
 */
final class Negatives {
    private Negatives() {}

    /** What absence is called, given what is known of the ledger. */
    static Status absent(Optional<Ledger> ledger) {
        if (ledger.isEmpty() || ledger.get().isGone()) {
            return Status.NO_LEDGER;
        }
        return ledger.get().isInLimbo() ? Status.UNKNOWN_LEDGER_STATE : Status.NO_ENTRY;
    }

    /** READ_LAC does not tell an unknown ledger from an empty one (wire protocol, section 6.6). */
    static Status absentLac(Optional<Ledger> ledger) {
        return absent(ledger) == Status.UNKNOWN_LEDGER_STATE ? Status.UNKNOWN_LEDGER_STATE : Status.NO_ENTRY;
    }
}
