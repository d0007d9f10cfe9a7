package dev.daybook.core.read;

import dev.daybook.core.effect.Effect;
import dev.daybook.core.quorum.Answer;

/** The question for the last confirmed entry has ended. */
public record CompleteLac(Outcome outcome) implements Effect<LacTraffic> {
    /** How. */
    public sealed interface Outcome {
        /** Every entry up to this one was confirmed before the question was asked, or since. */
        record Confirmed(long lastAddConfirmed) implements Outcome {}

        /** Too few bookies answered to be sure that none was missed. */
        record Failed(Answer.Reason reason) implements Outcome {}
    }

    @Override
    public void dispatch(LacTraffic handler) {
        handler.completeLac(this);
    }
}
