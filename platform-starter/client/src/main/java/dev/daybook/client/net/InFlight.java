package dev.daybook.client.net;

import dev.daybook.protocol.wire.AddAcknowledgement;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection that wait for an answer, by the {@linkplain AnswerKey key of their generation}. Bookies
 * answer adds nearly always in the order in which they came, so a call stands in a queue first, and goes to a table only
 * when the answer to a later one overtakes it.
 *
 * <p>In v2 several calls may share a key: the oldest takes the next answer, which is harmless because the answers mean
 * the same. That would not hold between a plain and a fencing read, and an answer may even come after its own call timed
 * out; so fencing reads never travel in that generation ({@link NetworkLoop#generationOf}). In v3 an entry keeps its
 * frame, and so its id, however often it is sent; if it goes to one bookie twice, both answers mean the same as well.
 */
final class InFlight {
    /** Odd, so that different ids stay different. Consecutive ones would be neighbours, and each removal walks over those. */
    private static final long FIRST_FACTOR = 0xC2B2AE3D27D4EB4FL;

    private static final long SECOND_FACTOR = 0x9E3779B97F4A7C15L;

    private final Generation generation;

    /** In the order of sending. */
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();

    /** By a mixture of the key's parts, older than all that is waiting. Calls of one mixture follow each other by age. */
    private final LongObjectHashMap<Call> overtaken = new LongObjectHashMap<>();

    InFlight(Generation generation) {
        this.generation = generation;
    }

    void add(Call call) {
        waiting.add(call);
    }

    /** Removes the call that this answers; null if it answers none, being late or a duplicate. */
    @Nullable
    Call take(BookieResponse response) {
        AnswerKey key = AnswerKey.of(response);
        return key == null ? null : take(response.header().operation(), key.first(), key.second());
    }

    /** As {@link #take(BookieResponse)}. */
    @Nullable
    Call take(AddAcknowledgement stored) {
        return generation == Generation.V2
                ? take(Operation.ADD, stored.ledgerId(), stored.entryId())
                : take(Operation.ADD, stored.txnId(), 0);
    }

    private @Nullable Call take(Operation operation, long first, long second) {
        Call oldest = waiting.peek();
        if (oldest != null && oldest.isKnownBy(operation, first, second)) {
            return waiting.remove();
        }
        Call found = takeOvertaken(operation, first, second);
        while (found == null && !waiting.isEmpty()) {
            Call next = waiting.remove();
            if (next.isKnownBy(operation, first, second)) {
                found = next;
            } else {
                addOvertaken(next);
            }
        }
        return found;
    }

    private void addOvertaken(Call call) {
        long mixture = mix(call.operation(), call.keyFirst(), call.keySecond());
        Call oldest = overtaken.get(mixture);
        if (oldest == null) {
            overtaken.put(mixture, call);
            return;
        }
        while (oldest.sharingKey != null) {
            oldest = oldest.sharingKey;
        }
        oldest.sharingKey = call;
    }

    private @Nullable Call takeOvertaken(Operation operation, long first, long second) {
        if (overtaken.isEmpty()) {
            return null;
        }
        long mixture = mix(operation, first, second);
        Call before = null;
        for (Call call = overtaken.get(mixture); call != null; call = call.sharingKey) {
            if (call.isKnownBy(operation, first, second)) {
                unlink(mixture, before, call);
                return call;
            }
            before = call;
        }
        return null;
    }

    private void unlink(long mixture, @Nullable Call before, Call call) {
        Call after = call.sharingKey;
        call.sharingKey = null;
        if (before != null) {
            before.sharingKey = after;
        } else if (after != null) {
            overtaken.put(mixture, after);
        } else {
            overtaken.remove(mixture);
        }
    }

    private static long mix(Operation operation, long first, long second) {
        return (first * FIRST_FACTOR + second) * SECOND_FACTOR + operation.v3Number();
    }

    /** Removes the calls that the predicate picks. */
    List<Call> removeIf(Predicate<Call> pick) {
        List<Call> kept = new ArrayList<>();
        List<Call> removed = new ArrayList<>();
        for (Call oldest : overtaken.values()) {
            for (Call call = oldest; call != null; call = call.sharingKey) {
                (pick.test(call) ? removed : kept).add(call);
            }
        }
        if (!removed.isEmpty()) {
            overtaken.clear();
            kept.forEach(call -> call.sharingKey = null);
            kept.forEach(this::addOvertaken);
        }
        for (Call call : waiting) {
            if (pick.test(call)) {
                removed.add(call);
            }
        }
        waiting.removeIf(pick);
        return removed;
    }
}
