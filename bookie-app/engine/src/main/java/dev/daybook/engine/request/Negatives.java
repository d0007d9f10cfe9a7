package dev.daybook.engine.request;

import dev.daybook.engine.ledger.Ledger;
import dev.daybook.engine.ledger.LedgerTable;
import java.util.Optional;

/**
 * The one place where "no such ledger" and "no such entry" are said. A peer may end a ledger on the strength of such an
 * answer, so the caller must have searched everything without error; whatever falls short of that is an I/O error.
 */
final class Negatives {
    private Negatives() {}

    /** What absence is called, given what is known of the ledger now. For answers that needed no search. */
    static Verdict absent(LedgerTable ledgers, long ledgerId) {
        return absent(ledgers, ledgerId, false);
    }

    /**
     * What absence is called after a search that found nothing.
     *
     * @param wasUncertain the ledger was doubted when the search began: what made it trusted again, the return of the
     *     lost entries, may have come too late for that search
     */
    static Verdict absent(LedgerTable ledgers, long ledgerId, boolean wasUncertain) {
        if (wasUncertain || ledgers.isUncertain(ledgerId)) {
            return Verdict.UNKNOWN_LEDGER_STATE;
        }
        Optional<Ledger> living = ledgers.find(ledgerId).filter(ledger -> !ledger.isGone());
        return living.isPresent() ? Verdict.NO_ENTRY : Verdict.NO_LEDGER;
    }

    /** READ_LAC does not tell an unknown ledger from an empty one (wire protocol, section 6.6). */
    static Verdict absentLac(LedgerTable ledgers, long ledgerId) {
        Verdict verdict = absent(ledgers, ledgerId);
        return verdict == Verdict.UNKNOWN_LEDGER_STATE ? verdict : Verdict.NO_ENTRY;
    }
}
