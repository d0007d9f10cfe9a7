package dev.daybook.simulator.run;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What determines a run completely.
 *
 * @param omitted numbers of planned things that do not happen, to make a failure smaller
 */
public record Script(long seed, Set<Integer> omitted) {
    public Script {
        omitted = new TreeSet<>(omitted);
    }

    public static Script of(long seed) {
        return new Script(seed, Set.of());
    }

    /** The form in which scripts are printed, for instance {@code 17 without 1,4}. */
    public static Script parse(String text) {
        String[] parts = text.strip().split(" without ", 2);
        long seed = Long.parseLong(parts[0].strip());
        if (parts.length == 1) {
            return of(seed);
        }
        return new Script(
                seed,
                Arrays.stream(parts[1].split(","))
                        .map(number -> Integer.valueOf(number.strip()))
                        .collect(Collectors.toSet()));
    }

    Script without(int number) {
        Set<Integer> more = new TreeSet<>(omitted);
        more.add(number);
        return new Script(seed, more);
    }

    @Override
    public String toString() {
        return omitted.isEmpty()
                ? Long.toString(seed)
                : seed + " without " + omitted.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
