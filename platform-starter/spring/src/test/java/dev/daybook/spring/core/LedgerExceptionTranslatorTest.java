package dev.daybook.spring.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Advice;
import dev.daybook.client.LedgerException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;

class LedgerExceptionTranslatorTest {
    private final LedgerExceptionTranslator translator = new LedgerExceptionTranslator();

    @ParameterizedTest
    @EnumSource(Reason.class)
    void keepsTheSentenceAndTheCause(Reason reason) {
        LedgerException failure = new LedgerException(reason, "what happened and what to do");

        DataAccessException translated = translator.translate(failure);

        assertThat(translated).hasMessage("what happened and what to do").hasCause(failure);
        assertThat(translator.translateExceptionIfPossible(failure)).hasSameClassAs(translated);
    }

    /** The exception that Spring has for a store that cannot be reached counts as not transient there. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void whatMayBeRetriedIsTransient(Reason reason) {
        DataAccessException translated = translator.translate(new LedgerException(reason, "x"));

        if (reason.advice() == Advice.RETRY) {
            assertThat(translated)
                    .isInstanceOfAny(TransientDataAccessException.class, DataAccessResourceFailureException.class);
        }
        if (reason.advice() == Advice.STOP) {
            assertThat(translated).isNotInstanceOf(TransientDataAccessException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"TIMEOUT"})
    void leavesOtherExceptionsAlone(Reason reason) {
        assertThat(translator.translateExceptionIfPossible(new IllegalStateException(reason.name())))
                .isNull();
    }
}
