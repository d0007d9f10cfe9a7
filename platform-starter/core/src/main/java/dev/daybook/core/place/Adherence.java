package dev.daybook.core.place;

/** How well an ensemble keeps to a policy, worst first. Source: client protocol specification, section 20. */
public enum Adherence {
    FAILS,
    MEETS_SOFT,
    MEETS_STRICT
}
