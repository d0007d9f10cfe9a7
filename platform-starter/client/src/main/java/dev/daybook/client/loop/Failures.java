package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.recover.RecoveryFailure;
import dev.daybook.core.write.WriteFailure;
import dev.daybook.metrics.CallOutcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What cores and stores say went wrong, as the client's one exception. */
final class Failures {
    private Failures() {}

    static LedgerException clientClosed(String what) {
        return new LedgerException(Reason.CLIENT_CLOSED, what + " was given up, because the client is closed");
    }

    static LedgerException abandoned(String what) {
        return new LedgerException(
                Reason.METADATA_CONFLICT, what + " was given up, because somebody else may be doing it by now");
    }

    static LedgerException noSuchLedger(long ledgerId) {
        return new LedgerException(
                Reason.NO_SUCH_LEDGER, "Ledger " + ledgerId + " does not exist in the metadata service");
    }

    static LedgerException of(LedgerLoop loop, long ledgerId, WriteFailure failure) {
        Reason reason = switch (failure.kind()) {
            case FENCED -> Reason.LEDGER_FENCED;
            case UNAUTHORIZED -> Reason.UNAUTHORIZED;
            case ILLEGAL -> Reason.WRITE_FAILED;
            case NOT_ENOUGH_BOOKIES -> Reason.NOT_ENOUGH_BOOKIES;
            case BOOKIE_FAILED -> Reason.WRITE_FAILED;
            case HANDLE_CLOSED, CLOSED_ELSEWHERE -> Reason.LEDGER_CLOSED;
            case METADATA_CONFLICT -> Reason.METADATA_CONFLICT;
            case METADATA_UNAVAILABLE -> Reason.METADATA_UNAVAILABLE;
            case LEDGER_DELETED -> Reason.NO_SUCH_LEDGER;
            case CLIENT_CLOSED -> Reason.CLIENT_CLOSED;
        };
        return new LedgerException(
                reason, "Writing to ledger " + ledgerId + " failed: " + troubles(loop, reason) + failure.detail());
    }

    static LedgerException duplicate(long ledgerId, long entryId) {
        return new LedgerException(
                Reason.DUPLICATE_ENTRY,
                "Entry " + entryId + " of ledger " + ledgerId + " was appended before; each id is taken once");
    }

    static LedgerException overdue(long ledgerId, Duration timeout, boolean storeIsAway) {
        String cause = storeIsAway
                ? "a failed bookie is to be replaced and the metadata service does not answer"
                : "it waits for its bookies, or for an entry with a lower id";
        return new LedgerException(
                Reason.TIMEOUT,
                "An append to ledger " + ledgerId + " was not acknowledged within " + timeout.toMillis()
                        + " ms, the limit of daybook.client.append-timeout: " + cause
                        + "; the entry may be stored later, and the handle goes on");
    }

    static LedgerException of(LedgerLoop loop, long ledgerId, RecoveryFailure failure) {
        Reason reason = switch (failure.kind()) {
            case UNAUTHORIZED -> Reason.UNAUTHORIZED;
            case TIMEOUT -> Reason.TIMEOUT;
            case BOOKIES_UNAVAILABLE, NOT_ENOUGH_BOOKIES, METADATA_CONFLICT -> Reason.RECOVERY_FAILED;
            case METADATA_UNAVAILABLE -> Reason.METADATA_UNAVAILABLE;
            case LEDGER_DELETED -> Reason.NO_SUCH_LEDGER;
            case CLIENT_CLOSED -> Reason.CLIENT_CLOSED;
        };
        return new LedgerException(
                reason, "Recovering ledger " + ledgerId + " failed: " + troubles(loop, reason) + failure.detail());
    }

    /** What stands between the client and bookies besides, or nothing where that cannot be the cause. */
    private static String troubles(LedgerLoop loop, Reason reason) {
        return switch (reason) {
            case NOT_ENOUGH_BOOKIES, BOOKIE_UNAVAILABLE, WRITE_FAILED, RECOVERY_FAILED, TIMEOUT, UNAUTHORIZED ->
                loop.net().securityTroubles().map(sentence -> sentence + ". ").orElse("");
            default -> "";
        };
    }

    /** @param what the operation, as the beginning of a sentence: "Reading entry 3 of ledger 7" */
    static LedgerException of(LedgerLoop loop, String what, Answer.Reason reason) {
        LedgerException failure = of(what, reason);
        String troubles = troubles(loop, failure.reason());
        return troubles.isEmpty()
                ? failure
                : new LedgerException(failure.reason(), what + " failed: " + troubles.strip());
    }

    private static LedgerException of(String what, Answer.Reason reason) {
        return switch (reason) {
            case DIGEST_MISMATCH ->
                new LedgerException(
                        Reason.DIGEST_MISMATCH, what + " failed: what the bookies returned does not match its digest");
            case TIMEOUT -> new LedgerException(Reason.TIMEOUT, what + " failed: the bookies did not answer in time");
            case UNAVAILABLE ->
                new LedgerException(
                        Reason.BOOKIE_UNAVAILABLE, what + " failed: the bookies that store it cannot be reached");
            case UNAUTHORIZED ->
                new LedgerException(
                        Reason.UNAUTHORIZED,
                        what + " failed: the bookies refuse the ledger's key or this client, check"
                                + " daybook.ledger.password and daybook.auth.*");
            case TOO_MANY_REQUESTS ->
                new LedgerException(Reason.TOO_MANY_REQUESTS, what + " failed: the bookies are overloaded");
            case LEDGER_STATE_UNKNOWN ->
                new LedgerException(
                        Reason.DATA_UNKNOWN, what + " failed: the bookies may have lost entries and do not guess");
            case FAILED -> new LedgerException(Reason.READ_FAILED, what + " failed on the bookies");
            case CLIENT_CLOSED -> clientClosed(what);
        };
    }

    /** What a stage of the metadata store failed with. */
    static LedgerException ofStore(String what, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof LedgerException ledgerException) {
            return ledgerException;
        }
        return new LedgerException(Reason.METADATA_UNAVAILABLE, what + " failed in the metadata service", cause);
    }

    /** For a core that could not read its ledger's record. */
    static String sentenceOf(Throwable failure) {
        return Objects.requireNonNullElse(
                ofStore("Reading the ledger's record", failure).getMessage(), "the metadata service failed");
    }

    /** A store that is closed throws where it should fail its stage; both end the same way here. */
    static <T> CompletionStage<T> staged(Supplier<CompletionStage<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    static CallOutcome outcomeOf(Reason reason) {
        return switch (reason) {
            case LEDGER_FENCED -> CallOutcome.FENCED;
            case NO_SUCH_ENTRY, NO_SUCH_LEDGER -> CallOutcome.ABSENT;
            case NOT_ENOUGH_BOOKIES -> CallOutcome.NOT_ENOUGH_BOOKIES;
            case TIMEOUT -> CallOutcome.TIMEOUT;
            case DIGEST_MISMATCH -> CallOutcome.DIGEST_MISMATCH;
            case UNAUTHORIZED -> CallOutcome.UNAUTHORIZED;
            case LEDGER_CLOSED, CLIENT_CLOSED -> CallOutcome.CLOSED;
            default -> CallOutcome.FAILED;
        };
    }

    static LedgerException clusterUnknown(String what) {
        return new LedgerException(
                Reason.METADATA_UNAVAILABLE,
                what + " failed: the metadata service has not said yet which bookies there are");
    }
}
