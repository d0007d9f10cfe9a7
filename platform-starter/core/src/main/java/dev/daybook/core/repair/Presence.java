package dev.daybook.core.repair;

import dev.daybook.core.quorum.Answer;

/** What an answer says of one bookie's copy of one entry. */
enum Presence {
    /** Whole, with a good digest. */
    SOUND,
    /** Not there, or not readable: it has to be written again. */
    LACKING,
    /** Nothing was learnt. A bookie that is slow, busy or in limbo has not lost anything by that. */
    UNKNOWN;

    static Presence of(Answer<?> answer) {
        if (answer instanceof Answer.Unknown<?> unknown) {
            return switch (unknown.reason()) {
                case DIGEST_MISMATCH, FAILED -> LACKING;
                case TIMEOUT, UNAVAILABLE, UNAUTHORIZED, TOO_MANY_REQUESTS, LEDGER_STATE_UNKNOWN, CLIENT_CLOSED ->
                    UNKNOWN;
            };
        }
        return answer.isNegative() ? LACKING : SOUND;
    }
}
