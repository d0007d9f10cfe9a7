package dev.daybook.client.log;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.core.log.ChainStep.Refusal;
import dev.daybook.core.log.LogChain;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** The sentences of this package. */
final class LogFailures {
    private LogFailures() {}

    static LedgerException noSuchLog(String log) {
        return new LedgerException(
                Reason.NO_SUCH_LOG, "There is no log \"" + log + "\"; create it, or correct the name.");
    }

    static LedgerException exists(String log) {
        return new LedgerException(Reason.LOG_EXISTS, "There is already a log \"" + log + "\".");
    }

    static LedgerException truncated(String log, LogChain.Start wanted, LogChain chain) {
        return new LedgerException(
                Reason.POSITION_TRUNCATED,
                "Position " + LogPosition.of(wanted.segment(), wanted.entry()) + " of log \"" + log
                        + "\" was truncated; the log begins at " + startOf(chain)
                        + " now, where a reader may go on that can do without the rest.");
    }

    static LedgerException beyondEnd(String log, LogPosition position) {
        return new LedgerException(
                Reason.BAD_ARGUMENT,
                "Position " + position + " lies beyond the end of log \"" + log
                        + "\"; it belongs to another log, or to one of this name that was deleted.");
    }

    static LedgerException refused(String log, Refusal refusal, LogChain present) {
        return switch (refusal) {
            case DEPOSED ->
                new LedgerException(
                        Reason.WRITER_DEPOSED,
                        "This writer of log \"" + log + "\" was deposed: writer " + present.epoch() + " ("
                                + ownerName(present.owner()) + ") has taken over.");
            case DELETED -> noSuchLog(log);
            case FULL ->
                new LedgerException(
                        Reason.TOO_MANY_REQUESTS,
                        "Log \"" + log + "\" has " + LogChain.SEGMENTS_MAX
                                + " ledgers, the most that its record can list; truncate it, or let its ledgers be larger.");
            case BEYOND_END ->
                new LedgerException(Reason.BAD_ARGUMENT, "The position lies beyond the end of log \"" + log + "\".");
        };
    }

    /** The mark without what makes it unique. */
    static String ownerName(String owner) {
        int hash = owner.indexOf('#');
        return hash < 0 ? owner : owner.substring(0, hash);
    }

    static LogPosition startOf(LogChain chain) {
        return LogPosition.of(chain.start().segment(), chain.start().entry());
    }

    /** What went wrong, without the wrappings of stages. */
    static LedgerException of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof LedgerException known
                ? known
                : new LedgerException(
                        Reason.METADATA_UNAVAILABLE, "An operation of a log failed unexpectedly: " + cause, cause);
    }

    /** A stage also where the call itself throws. */
    static <T> CompletableFuture<T> staged(Supplier<? extends CompletionStage<T>> call) {
        try {
            return call.get().toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
