package dev.daybook.engine.request;

import dev.daybook.engine.ledger.Ledger;
import java.util.Optional;

/**
 * The one place where "no such ledger" and "no such entry" are said. A peer may end a ledger on the strength of such an
 * answer, so the caller must have searched everything without error; whatever falls short of that is an I/O error.
 */
final class Negatives {
    private Negatives() {}

    /** What absence is called, given what is known of the ledger. */
    static Verdict absent(Optional<Ledger> ledger) {
        if (ledger.isEmpty() || ledger.get().isGone()) {
            return Verdict.NO_LEDGER;
        }
        return ledger.get().isInLimbo() ? Verdict.UNKNOWN_LEDGER_STATE : Verdict.NO_ENTRY;
    }

    /** READ_LAC does not tell an unknown ledger from an empty one (wire protocol, section 6.6). */
    static Verdict absentLac(Optional<Ledger> ledger) {
        return absent(ledger) == Verdict.UNKNOWN_LEDGER_STATE ? Verdict.UNKNOWN_LEDGER_STATE : Verdict.NO_ENTRY;
    }
}
