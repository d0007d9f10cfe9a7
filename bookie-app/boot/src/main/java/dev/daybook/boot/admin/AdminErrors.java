package dev.daybook.boot.admin;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Advice;
import java.util.concurrent.CompletionException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What is told when a request could not be served: a sentence as problem JSON (RFC 9457), never a trace. */
@RestControllerAdvice
class AdminErrors {
    @ExceptionHandler
    ProblemDetail away(RunningBookie.BookieAway away) {
        return problem(HttpStatus.SERVICE_UNAVAILABLE, away);
    }

    @ExceptionHandler
    ProblemDetail noSuchThing(NoSuchThing unknown) {
        return problem(HttpStatus.NOT_FOUND, unknown);
    }

    @ExceptionHandler
    ProblemDetail wrong(IllegalArgumentException wrong) {
        return problem(HttpStatus.BAD_REQUEST, wrong);
    }

    /** Most of these come from the metadata service: it may be back soon. */
    @ExceptionHandler
    ProblemDetail failed(CompletionException failure) {
        if (failure.getCause() instanceof LedgerException ledger) {
            boolean passing = ledger.reason().advice() == Advice.RETRY;
            return problem(passing ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.INTERNAL_SERVER_ERROR, ledger);
        }
        throw failure;
    }

    private static ProblemDetail problem(HttpStatus status, Exception reason) {
        return ProblemDetail.forStatusAndDetail(status, String.valueOf(reason.getMessage()));
    }

    /** What the path names does not exist. */
    static final class NoSuchThing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchThing(String sentence) {
            super(sentence);
        }
    }
}
