package dev.daybook.core.write;

import dev.daybook.protocol.model.BookieId;

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
        /** A bookie failed that nobody may replace, because it may hold entries in memory that count (-12). */
        BOOKIE_FAILED,
        /** Closed by this handle's {@code close} (-11). */
        HANDLE_CLOSED,
        /** Closed in the metadata by another client (-11, or -17 when it ended elsewhere than this close wanted). */
        CLOSED_ELSEWHERE,
        /** The record has a shape that no correct client writes (-17). */
        METADATA_CONFLICT,
        /** The metadata service failed or did not answer while the ledger was being closed (-18). */
        METADATA_UNAVAILABLE,
        /** The ledger was deleted (-25). */
        LEDGER_DELETED,
        /** The client shuts down (-19). */
        CLIENT_CLOSED
    }

    /** For an answer that {@linkplain AddReply#isFatal no other bookie can make up for}. */
    static WriteFailure ofRefusal(BookieId bookie, AddReply reply) {
        return switch (reply) {
            case FENCED ->
                new WriteFailure(
                        Kind.FENCED,
                        "Another client is recovering this ledger (said by bookie " + bookie + "); open it again to see"
                                + " where it ends.");
            case UNAUTHORIZED ->
                new WriteFailure(
                        Kind.UNAUTHORIZED,
                        "Bookie " + bookie + " refuses this ledger's password, or this client; use the password it was"
                                + " created with, and check daybook.tls.* and daybook.auth.* if bookies ask for more.");
            default ->
                new WriteFailure(
                        Kind.ILLEGAL,
                        "Bookie " + bookie + " does not allow this kind of add; check the protocol generation.");
        };
    }

    /** Entries that were acknowledged but not forced may exist in the memory of the failed bookies only. */
    static WriteFailure ofUnforced(long lastForced, String bookies) {
        return new WriteFailure(
                Kind.BOOKIE_FAILED,
                "Entries above " + lastForced + " were not forced when " + bookies
                        + " failed, and may be lost with it; open the ledger with recovery and write to a new one.");
    }

    static WriteFailure ofNoReplacement(String reason) {
        return new WriteFailure(Kind.NOT_ENOUGH_BOOKIES, reason + "; start more bookies and write to a new ledger.");
    }

    static WriteFailure ofClosedElsewhere() {
        return new WriteFailure(Kind.CLOSED_ELSEWHERE, "Another client has closed this ledger; open it again.");
    }

    static WriteFailure ofOtherEnd(long storedEnd, long wantedEnd) {
        return new WriteFailure(
                Kind.CLOSED_ELSEWHERE,
                "Another client has closed this ledger at entry " + storedEnd + " while this handle ended at entry "
                        + wantedEnd + "; open it again.");
    }

    static WriteFailure ofRecoveryElsewhere() {
        return new WriteFailure(Kind.FENCED, "Another client has marked this ledger for recovery; open it again.");
    }

    static WriteFailure ofFragmentBeyond(long firstEntryId, long lastConfirmed) {
        return new WriteFailure(
                Kind.METADATA_CONFLICT,
                "The record has a fragment at entry " + firstEntryId + " although nothing above entry " + lastConfirmed
                        + " is confirmed.");
    }

    static WriteFailure ofStore(String detail) {
        return new WriteFailure(
                Kind.METADATA_UNAVAILABLE, "The metadata service did not store a change of this ledger: " + detail);
    }
}
