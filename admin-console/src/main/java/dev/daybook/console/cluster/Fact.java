package dev.daybook.console.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * Something the console tried to learn. What it once learned stays visible when later attempts fail, with its age; what
 * it never learned is unknown, which is not zero and not empty.
 *
 * @param value last known
 * @param at when the value was true, present exactly with it
 * @param problem why the latest attempt failed, one sentence; empty if it succeeded
 */
public record Fact<T>(Optional<T> value, Optional<Instant> at, Optional<String> problem) {
    public static <T> Fact<T> of(T value, Instant at) {
        return new Fact<>(Optional.of(value), Optional.of(at), Optional.empty());
    }

    public static <T> Fact<T> unknown(String problem) {
        return new Fact<>(Optional.empty(), Optional.empty(), Optional.of(problem));
    }

    /** The same last known value, out of date from now on. */
    public Fact<T> failed(String newProblem) {
        return new Fact<>(value, at, Optional.of(newProblem));
    }

    /** The newer attempt's outcome, but never forgetting a value. */
    public Fact<T> then(Fact<T> newer) {
        return newer.value.isPresent() ? newer : failed(newer.problem.orElse("The reason is unknown."));
    }

    public boolean known() {
        return value.isPresent();
    }

    /** Known, and the latest attempt confirmed it. */
    public boolean current() {
        return value.isPresent() && problem.isEmpty();
    }

    /** Known once, but not any more. */
    public boolean stale() {
        return value.isPresent() && problem.isPresent();
    }
}
