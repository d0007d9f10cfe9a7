package dev.daybook.core.quorum;

/**
 * What one bookie said to one question. Explicit negatives and unknowns must never be mixed up: only an explicit
 * negative is evidence that a bookie does not hold an entry. Source: client protocol specification, section 1.
 *
 * @param <T> what a positive answer carries; its digest is verified
 */
public sealed interface Answer<T> {
    /** The question was answered, and the digest of what came with it matched. */
    record Positive<T>(T value) implements Answer<T> {}

    /** The bookie is certain that it does not have it: no such entry, or no such ledger. */
    record ExplicitNegative<T>() implements Answer<T> {}

    /** Everything else, silence included. */
    record Unknown<T>(Reason reason) implements Answer<T> {}

    /** Why an answer is unknown. */
    enum Reason {
        /** What came back failed its digest check. Never evidence of absence. */
        DIGEST_MISMATCH,
        /** No answer within the driver's deadline. */
        TIMEOUT,
        /** No connection, or it was lost. */
        UNAVAILABLE,
        /** The password is wrong; other bookies will say the same. */
        UNAUTHORIZED,
        TOO_MANY_REQUESTS,
        /** The bookie may have lost this ledger's entries and refuses to guess. */
        LEDGER_STATE_UNKNOWN,
        /** I/O errors and every status that fits nowhere else. */
        FAILED,
        CLIENT_CLOSED
    }

    static <T> Answer<T> positive(T value) {
        return new Positive<>(value);
    }

    static <T> Answer<T> negative() {
        return new ExplicitNegative<>();
    }

    static <T> Answer<T> unknown(Reason reason) {
        return new Unknown<>(reason);
    }

    /** Positive or explicitly negative: counts for coverage. */
    default boolean isKnown() {
        return !(this instanceof Unknown<T>);
    }

    default boolean isNegative() {
        return this instanceof ExplicitNegative<T>;
    }
}
