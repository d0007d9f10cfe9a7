package dev.daybook.server.shard;

import dev.daybook.engine.request.Answer;

/** Who waits for an answer. */
@FunctionalInterface
interface Ticket {
    /** Called once. */
    void answer(Answer<byte[]> answer);
}
