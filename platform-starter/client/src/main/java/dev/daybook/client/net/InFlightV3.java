package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by transaction id; the operation is compared. An entry keeps its frame, and so its id, however often it is sent.
 * If it goes to one bookie twice, both answers mean the same, and the older call takes the first.
 */
final class InFlightV3 implements InFlight {
    /** Consecutive ids would be neighbours in the map, and each removal would walk over all of them. */
    private static final long SPREADING_FACTOR = 0x9E3779B97F4A7C15L;

    private final LongObjectHashMap<Call> calls = new LongObjectHashMap<>();

    /** Different for different ids, because the factor is odd. */
    private static long keyOf(FrameHeader header) {
        return header.txnId() * SPREADING_FACTOR;
    }

    @Override
    public void add(Call call) {
        long key = keyOf(call.header());
        Call first = calls.put(key, call);
        if (first != null) {
            calls.put(key, first);
            while (first.sharingKey != null) {
                first = first.sharingKey;
            }
            first.sharingKey = call;
        }
    }

    @Override
    public @Nullable Call take(BookieResponse response) {
        long key = keyOf(response.header());
        Call call = calls.get(key);
        if (call == null || call.header().operation() != response.header().operation()) {
            return null;
        }
        removeFirst(key, call);
        return call;
    }

    private void removeFirst(long key, Call first) {
        if (first.sharingKey == null) {
            calls.remove(key);
        } else {
            calls.put(key, first.sharingKey);
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
