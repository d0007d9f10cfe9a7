package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieResponse;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by transaction id; the operation is compared. An entry keeps its frame, and so its id, however often it is sent.
 * If it goes to one bookie twice, both answers mean the same, and the older call takes the first.
 */
final class InFlightV3 implements InFlight {
    private final LongObjectMap<Call> calls = new LongObjectHashMap<>();

    @Override
    public void add(Call call) {
        Call first = calls.putIfAbsent(call.header().txnId(), call);
        if (first != null) {
            while (first.sharingKey != null) {
                first = first.sharingKey;
            }
            first.sharingKey = call;
        }
    }

    @Override
    public @Nullable Call take(BookieResponse response) {
        long txnId = response.header().txnId();
        Call call = calls.get(txnId);
        if (call == null || call.header().operation() != response.header().operation()) {
            return null;
        }
        removeFirst(txnId, call);
        return call;
    }

    private void removeFirst(long txnId, Call first) {
        if (first.sharingKey == null) {
            calls.remove(txnId);
        } else {
            calls.put(txnId, first.sharingKey);
        }
    }

    @Override
    public List<Call> removeIf(Predicate<Call> pick) {
        List<Call> kept = new ArrayList<>();
        List<Call> removed = new ArrayList<>();
        for (Call first : calls.values()) {
            for (Call call = first; call != null; call = call.sharingKey) {
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
}
