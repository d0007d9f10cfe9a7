package dev.daybook.core.place;

/**
 * What a placement policy decided.
 *
 * @param <T> a bookie, or a whole ensemble
 */
public sealed interface Placement<T> {
    record Chosen<T>(T choice) implements Placement<T> {}

    /**
     * @param needed how many bookies were asked for
     * @param available how many would have been allowed
     */
    record NotEnough<T>(int needed, int available) implements Placement<T> {}
}
