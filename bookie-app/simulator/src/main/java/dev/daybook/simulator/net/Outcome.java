package dev.daybook.simulator.net;

import dev.daybook.protocol.wire.BookieResponse;

/** What became of a request. */
public sealed interface Outcome {
    record Answered(BookieResponse response) implements Outcome {}

    /** There is no connection, or it was lost; the request may have been executed. */
    record Lost() implements Outcome {}

    /** The deadline passed. */
    record TimedOut() implements Outcome {}
}
