package dev.daybook.server.autorecovery;

import dev.daybook.client.LedgerException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Why a stage failed. */
final class Causes {
    private Causes() {}

    /** One sentence for a person. */
    static String sentence(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return cause instanceof LedgerException ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    static Optional<LedgerException.Reason> reason(Throwable failure) {
        return unwrapped(failure) instanceof LedgerException known ? Optional.of(known.reason()) : Optional.empty();
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
