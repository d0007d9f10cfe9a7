package dev.daybook.simulator.net;

import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.simulator.world.Actor;
import java.util.function.Consumer;

/** A request that somebody waits for. */
final class Call {
    private final Actor client;
    private final boolean lateAnswers;
    private final Consumer<Outcome> then;
    private boolean ended;

    /** @param lateAnswers an answer counts even after the end */
    Call(Actor client, boolean lateAnswers, Consumer<Outcome> then) {
        this.client = client;
        this.lateAnswers = lateAnswers;
        this.then = then;
    }

    void answer(BookieResponse response) {
        if (!ended || lateAnswers) {
            end(new Outcome.Answered(response));
        }
    }

    void fail(Outcome outcome) {
        if (!ended) {
            end(outcome);
        }
    }

    private void end(Outcome outcome) {
        ended = true;
        client.act(() -> then.accept(outcome));
    }
}
