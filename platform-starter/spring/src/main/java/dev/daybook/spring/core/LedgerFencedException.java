package dev.daybook.spring.core;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;

/** Another client took the ledger over; what was acknowledged stays, the handle is finished. */
public class LedgerFencedException extends ConcurrencyFailureException {
    private static final long serialVersionUID = 1L;

    public LedgerFencedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
