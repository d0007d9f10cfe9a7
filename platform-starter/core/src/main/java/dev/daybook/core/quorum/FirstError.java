package dev.daybook.core.quorum;

import java.util.Optional;

/**
 * Which of several failures to report: the first one that is not an explicit negative, but rather any other than
 * "unavailable". So a negative is reported only if nobody failed otherwise. Source: client protocol specification,
 * section 10.2.
 */
public final class FirstError {
    private Optional<Answer.Reason> reason = Optional.empty();

    public void note(Answer.Reason next) {
        if (reason.isEmpty() || reason.get() == Answer.Reason.UNAVAILABLE) {
            reason = Optional.of(next);
        }
    }

    /** Empty when only explicit negatives were seen. */
    public Optional<Answer.Reason> reason() {
        return reason;
    }
}
