package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by ledger, entry and operation; batch reads by request id. Several calls may share a key: the oldest takes the
 * next answer, which is harmless because the answers mean the same. That would not hold between a plain and a fencing
 * read, and an answer may even come after its own call timed out; so fencing reads never travel in this generation
 * ({@link NetworkLoop#generationOf}).
 */
final class InFlightV2 implements InFlight {
    private final Map<Key, ArrayDeque<Call>> calls = new HashMap<>();

    @Override
    public void add(Call call) {
        calls.computeIfAbsent(keyOf(call), key -> new ArrayDeque<>(2)).add(call);
    }

    @Override
    public @Nullable Call take(BookieResponse response) {
        Key key = keyOf(response);
        ArrayDeque<Call> sharing = key == null ? null : calls.get(key);
        if (sharing == null) {
            return null;
        }
        Call oldest = sharing.remove();
        if (sharing.isEmpty()) {
            calls.remove(key);
        }
        return oldest;
    }

    @Override
    public List<Call> removeIf(Predicate<Call> pick) {
        List<Call> removed = new ArrayList<>();
        for (Iterator<ArrayDeque<Call>> groups = calls.values().iterator(); groups.hasNext(); ) {
            ArrayDeque<Call> sharing = groups.next();
            for (Iterator<Call> each = sharing.iterator(); each.hasNext(); ) {
                Call call = each.next();
                if (pick.test(call)) {
                    each.remove();
                    removed.add(call);
                }
            }
            if (sharing.isEmpty()) {
                groups.remove();
            }
        }
        return removed;
    }

    private static Key keyOf(Call call) {
        return call.header().operation() == Operation.BATCH_READ
                ? new Key(Operation.BATCH_READ, call.header().txnId(), 0)
                : new Key(call.header().operation(), call.ledgerId(), call.entryId());
    }

    private static @Nullable Key keyOf(BookieResponse response) {
        if (response instanceof BookieResponse.Add add) {
            return new Key(Operation.ADD, add.ledgerId(), add.entryId());
        }
        if (response instanceof BookieResponse.Read read) {
            return new Key(Operation.READ, read.ledgerId(), read.entryId());
        }
        if (response instanceof BookieResponse.BatchRead batch) {
            return new Key(Operation.BATCH_READ, batch.header().txnId(), 0);
        }
        return null;
    }

    private record Key(Operation operation, long first, long second) {}
}
