package dev.daybook.core.read;

import dev.daybook.core.quorum.Answer;
import java.util.Optional;

/**
 * Which of several failures to report: the first one that is not an explicit negative, but rather any other than
 * "unavailable". So a negative is reported only if nobody failed otherwise. Source: client protocol specification,
 * section 10.2.
 */
final class FirstError {
    private Optional<Answer.Reason> reason = Optional.empty();

    void note(Answer.Reason next) {
        if (reason.isEmpty() || reason.get() == Answer.Reason.UNAVAILABLE) {
            reason = Optional.of(next);
        }
    }

    /** Empty when only explicit negatives were seen. */
    Optional<Answer.Reason> reason() {
        return reason;
    }
}
