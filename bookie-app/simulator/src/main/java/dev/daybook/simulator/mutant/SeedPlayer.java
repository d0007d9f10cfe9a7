package dev.daybook.simulator.mutant;

import dev.daybook.simulator.run.Runs;
import dev.daybook.simulator.run.Script;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Plays a seed inside of a mutant's class loader. Says which rule was broken, or nothing. */
public final class SeedPlayer implements LongFunction<String> {
    @Override
    public String apply(long seed) {
        return Runs.play(Script.of(seed), new TreeMap<>())
                .map(failure -> failure.rule())
                .orElse("");
    }
}
