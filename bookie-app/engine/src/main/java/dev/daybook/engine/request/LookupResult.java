package dev.daybook.engine.request;

/** How the search for one entry ended. */
public sealed interface LookupResult<P> {
    record Found<P>(P payload) implements LookupResult<P> {}

    /** Write cache and index were searched completely and without error, and do not have it. */
    record Absent<P>() implements LookupResult<P> {}

    /** Nothing is known: the entry may exist. */
    record Failed<P>() implements LookupResult<P> {}

    /** Too many searches wait already. */
    record Refused<P>() implements LookupResult<P> {}
}
