package dev.daybook.engine.rule;

/** What a row of a decision table says of a fact. */
public enum Tri {
    YES,
    NO,
    ANY;

    public boolean matches(boolean fact) {
        return this == ANY || (this == YES) == fact;
    }
}
