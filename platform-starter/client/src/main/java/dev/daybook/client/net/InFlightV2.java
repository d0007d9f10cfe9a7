package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Operation;
import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by ledger, entry and operation; batch reads by request id. Several calls may share a key: the oldest takes the
 * next answer, which is harmless because the answers mean the same. That would not hold between a plain and a fencing
 * read, and an answer may even come after its own call timed out; so fencing reads never travel in this generation
 * ({@link NetworkLoop#generationOf}).
 */
final class InFlightV2 implements InFlight {
    /** Consecutive ids would be neighbours in the map, and each removal would walk over all of them. */
    private static final long ENTRY_FACTOR = 0x9E3779B97F4A7C15L;

    private static final long LEDGER_FACTOR = 0xC2B2AE3D27D4EB4FL;

    /** By a mixture of the key's parts. Calls of equal mixture follow each other in the order they came. */
    private final LongObjectHashMap<Call> calls = new LongObjectHashMap<>();

    @Override
    public void add(Call call) {
        long mixture = mix(operationOf(call), firstOf(call), secondOf(call));
        Call oldest = calls.get(mixture);
        if (oldest == null) {
            calls.put(mixture, call);
            return;
        }
        while (oldest.sharingKey != null) {
            oldest = oldest.sharingKey;
        }
        oldest.sharingKey = call;
    }

    @Override
    public @Nullable Call take(BookieResponse response) {
        if (response instanceof BookieResponse.Add add) {
            return take(Operation.ADD, add.ledgerId(), add.entryId());
        }
        if (response instanceof BookieResponse.Read read) {
            return take(Operation.READ, read.ledgerId(), read.entryId());
        }
        if (response instanceof BookieResponse.BatchRead batch) {
            return take(Operation.BATCH_READ, batch.header().txnId(), 0);
        }
        return null;
    }

    private @Nullable Call take(Operation operation, long first, long second) {
        long mixture = mix(operation, first, second);
        Call before = null;
        for (Call call = calls.get(mixture); call != null; call = call.sharingKey) {
            if (operationOf(call) == operation && firstOf(call) == first && secondOf(call) == second) {
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
            calls.put(mixture, after);
        } else {
            calls.remove(mixture);
        }
    }

    @Override
    public List<Call> removeIf(Predicate<Call> pick) {
        List<Call> kept = new ArrayList<>();
        List<Call> removed = new ArrayList<>();
        for (Call oldest : calls.values()) {
            for (Call call = oldest; call != null; call = call.sharingKey) {
                (pick.test(call) ? removed : kept).add(call);
            }
        }
        if (!removed.isEmpty()) {
            calls.clear();
            kept.forEach(call -> call.sharingKey = null);
            kept.forEach(this::add);
        }
        return removed;
    }

    private static long mix(Operation operation, long first, long second) {
        return (first * LEDGER_FACTOR + second) * ENTRY_FACTOR + operation.v3Number();
    }

    private static Operation operationOf(Call call) {
        return call.header().operation();
    }

    private static long firstOf(Call call) {
        return operationOf(call) == Operation.BATCH_READ ? call.header().txnId() : call.ledgerId();
    }

    private static long secondOf(Call call) {
        return operationOf(call) == Operation.BATCH_READ ? 0 : call.entryId();
    }
}
