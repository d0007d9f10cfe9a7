package dev.daybook.core.write;

/**
 * Why a writer stopped.
 *
 * @param detail one sentence for a person
 */
public record WriteFailure(Kind kind, String detail) {
    /** What a driver maps to the client's error codes. */
    public enum Kind {
        /** Another client recovers the ledger, or has marked it for recovery (-101). */
        FENCED,
        /** -102. */
        UNAUTHORIZED,
        /** -100. */
        ILLEGAL,
        /** No bookie can replace a failed one (-6). */
        NOT_ENOUGH_BOOKIES,
        /** Closed by this handle's {@code close} (-11). */
        HANDLE_CLOSED,
        /** Closed in the metadata by another client (-11, or -17 when it ended elsewhere than this close wanted). */
        CLOSED_ELSEWHERE,
        /** The record has a shape that no correct client writes (-17). */
        METADATA_CONFLICT,
        /** The metadata service failed or did not answer (-18). */
        METADATA_UNAVAILABLE,
        /** The ledger was deleted (-25). */
        LEDGER_DELETED,
        /** The client shuts down (-19). */
        CLIENT_CLOSED
    }
}
