package dev.daybook.client.fake;

import dev.daybook.protocol.model.Status;

/** What a fake bookie does wrong with one request. */
public sealed interface Fault {
    Fault NONE = new None();
    Fault DROP = new Drop();
    Fault CLOSE = new Close();
    Fault CORRUPT = new Corrupt();
    Fault HOLD = new Hold();

    static Fault refuse(Status status) {
        return new Refuse(status);
    }

    static Fault delay(long millis) {
        return new Delay(millis);
    }

    record None() implements Fault {}

    /** Executes the request and never answers. */
    record Drop() implements Fault {}

    /** Executes the request and closes the connection instead of answering. */
    record Close() implements Fault {}

    /** Flips a bit in whatever entry the answer carries. */
    record Corrupt() implements Fault {}

    /** Executes the request and answers later. */
    record Delay(long millis) implements Fault {}

    /** Executes the request and keeps the answer until {@link FakeBookie#heal}. */
    record Hold() implements Fault {}

    /** Does not execute the request. */
    record Refuse(Status status) implements Fault {}
}
