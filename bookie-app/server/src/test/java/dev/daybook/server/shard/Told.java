package dev.daybook.server.shard;

import dev.daybook.engine.request.Verdict;
import java.util.Optional;

/** Hears an answer: the verdict, and the entry if it brings one. */
interface Told {
    void told(Verdict verdict, Optional<byte[]> payload);
}
