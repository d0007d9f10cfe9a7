package dev.daybook.core.recover;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.write.AddReply;
import dev.daybook.protocol.model.BookieId;

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

    static RecoveryFailure ofAnswer(Answer.Reason reason, String during) {
        return switch (reason) {
            case UNAUTHORIZED ->
                new RecoveryFailure(
                        Kind.UNAUTHORIZED,
                        "A bookie refused this ledger's password, or this client, while " + during
                                + "; use the password it was created with, and check daybook.tls.* and daybook.auth.*"
                                + " if bookies ask for more.");
            case TIMEOUT ->
                new RecoveryFailure(
                        Kind.TIMEOUT, "Too few bookies answered in time while " + during + "; open the ledger again.");
            case CLIENT_CLOSED -> new RecoveryFailure(Kind.CLIENT_CLOSED, "The client is closed.");
            default ->
                new RecoveryFailure(
                        Kind.BOOKIES_UNAVAILABLE,
                        "Too few bookies gave a certain answer while " + during + " (" + reason
                                + "); bring bookies back and open the ledger again.");
        };
    }

    static RecoveryFailure ofRefusedAdd(BookieId bookie, AddReply reply) {
        return reply == AddReply.UNAUTHORIZED
                ? ofAnswer(Answer.Reason.UNAUTHORIZED, "writing entries back to bookie " + bookie)
                : new RecoveryFailure(
                        Kind.BOOKIES_UNAVAILABLE,
                        "Bookie " + bookie + " refused a recovered entry (" + reply
                                + "), which a bookie of this protocol must accept.");
    }
}
