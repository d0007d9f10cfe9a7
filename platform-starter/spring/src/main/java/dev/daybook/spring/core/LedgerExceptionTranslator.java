package dev.daybook.spring.core;

import dev.daybook.client.LedgerException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.dao.support.PersistenceExceptionTranslator;

/**
 * Puts each {@link LedgerException.Reason} into Spring's hierarchy, keeping the sentence and the cause. Reasons with the
 * advice to retry become transient exceptions, so a retry policy can tell them by type. Stateless.
 */
public final class LedgerExceptionTranslator implements PersistenceExceptionTranslator {
    /** @return null unless it is a {@link LedgerException} */
    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException thrown) {
        return thrown instanceof LedgerException failure ? translate(failure) : null;
    }

    public DataAccessException translate(LedgerException failure) {
        String message = Objects.requireNonNullElse(
                failure.getMessage(), failure.reason().name());
        return switch (failure.reason()) {
            case NO_SUCH_LEDGER, NO_SUCH_ENTRY, NO_SUCH_LOG, NO_SUCH_NAME, POSITION_TRUNCATED ->
                new EmptyResultDataAccessException(message, 1, failure);
            case LEDGER_FENCED, WRITER_DEPOSED -> new LedgerFencedException(message, failure);
            case METADATA_CONFLICT -> new ConcurrencyFailureException(message, failure);
            case NOT_ENOUGH_BOOKIES,
                    BOOKIE_UNAVAILABLE,
                    READ_FAILED,
                    RECOVERY_FAILED,
                    DATA_UNKNOWN,
                    TOO_MANY_REQUESTS -> new TransientDataAccessResourceException(message, failure);
            case TIMEOUT -> new QueryTimeoutException(message, failure);
            case WRITE_FAILED -> new RecoverableDataAccessException(message, failure);
            case DIGEST_MISMATCH, METADATA_CORRUPT -> new DataRetrievalFailureException(message, failure);
            case UNAUTHORIZED -> new PermissionDeniedDataAccessException(message, failure);
            case METADATA_UNAVAILABLE -> new DataAccessResourceFailureException(message, failure);
            case LEDGER_EXISTS, DUPLICATE_ENTRY, LOG_EXISTS, NAME_EXISTS -> new DuplicateKeyException(message, failure);
            case BAD_ARGUMENT, ENTRY_TOO_LARGE, NOT_SUPPORTED ->
                new InvalidDataAccessApiUsageException(message, failure);
            case LEDGER_CLOSED, CLIENT_CLOSED -> new InvalidDataAccessResourceUsageException(message, failure);
        };
    }
}
