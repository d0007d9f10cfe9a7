package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Generation;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The calls of one connection that wait for an answer, by the key of their generation (wire protocol, section 8). */
interface InFlight {
    static InFlight of(Generation generation) {
        return generation == Generation.V2 ? new InFlightV2() : new InFlightV3();
    }

    void add(Call call);

    /** Removes the call that this answers; null if it answers none, being late or a duplicate. */
    @Nullable
    Call take(BookieResponse response);

    /** Removes the calls that the predicate picks. */
    List<Call> removeIf(Predicate<Call> pick);
}
