package dev.daybook.server.shard;

import dev.daybook.engine.request.Answer;
import dev.daybook.storage.memtable.EntryBytes;

/** Who waits for an answer. */
@FunctionalInterface
interface Ticket {
    /** Called once. */
    void answer(Answer<EntryBytes> answer);
}
