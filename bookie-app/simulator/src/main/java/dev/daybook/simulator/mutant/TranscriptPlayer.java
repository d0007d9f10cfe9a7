package dev.daybook.simulator.mutant;

import dev.daybook.simulator.run.Runs;
import dev.daybook.simulator.run.Transcript;
import java.util.function.UnaryOperator;

/** Plays a transcript inside of a mutant's class loader. Says which rule was broken, or nothing. */
public final class TranscriptPlayer implements UnaryOperator<String> {
    @Override
    public String apply(String transcript) {
        return Runs.play(Transcript.parse(transcript))
                .map(failure -> failure.rule())
                .orElse("");
    }
}
