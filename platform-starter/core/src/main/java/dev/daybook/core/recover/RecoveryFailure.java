package dev.daybook.core.recover;

/**
 * Why a recovery gave up.
 *
 * @param detail one sentence for a person
 */
public record RecoveryFailure(Kind kind, String detail) {
    /** What a driver maps to the client's error codes. */
    public enum Kind {
        /** -102. */
        UNAUTHORIZED,
        /** Too few bookies answered in time (-23). */
        TIMEOUT,
        /** Too few bookies gave an answer that counts (-10). */
        BOOKIES_UNAVAILABLE,
        /** No bookie can replace one that failed while entries were written back (-10, caused by -6). */
        NOT_ENOUGH_BOOKIES,
        /** Somebody changed the record in a way that no correct client does (-10, caused by -17). */
        METADATA_CONFLICT,
        /** The metadata service failed or did not answer (-18). */
        METADATA_UNAVAILABLE,
        /** The ledger was deleted (-25). */
        LEDGER_DELETED,
        /** The client shuts down (-19). */
        CLIENT_CLOSED
    }
}
