package dev.daybook.core.write;

import dev.daybook.core.effect.Invariant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values by entry id, above an id that only rises. Ids near it lie in a ring, so that an ordinary ledger needs no memory
 * per entry here; ids far away, which only applications that choose their own come up with, lie in a map.
 */
final class SlotTable<T> {
    private static final int RING_MIN = 16;
    private static final int RING_MAX = 1 << 16;

    /** An empty table with a ring above this size gives the memory back. */
    private static final int RING_KEPT_MAX = 256;

    private final TreeMap<Long, T> far = new TreeMap<>();

    /** By the low bits of the id; its length is a power of two. Holds ids from {@code lowest} on, less than a round. */
    private @Nullable Object[] ring = new Object[RING_MIN];

    /** Nothing below may be put or asked for. */
    private long lowest;

    private int inRing;

    SlotTable(long lowest) {
        this.lowest = lowest;
    }

    void put(long id, T value) {
        Invariant.check(id >= lowest, "slots are above the lowest id", id, lowest);
        long distance = id - lowest;
        if (distance >= RING_MAX) {
            far.put(id, value);
            return;
        }
        if (distance >= ring.length) {
            grow((int) distance);
        }
        ring[indexOf(id)] = value;
        inRing++;
    }

    private void grow(int distance) {
        @Nullable Object[] old = ring;
        ring = new Object[Integer.highestOneBit(distance) << 1];
        for (long id = lowest; id < lowest + old.length; id++) {
            ring[indexOf(id)] = old[(int) (id & (old.length - 1))];
        }
    }

    private int indexOf(long id) {
        return (int) (id & (ring.length - 1));
    }

    @SuppressWarnings("unchecked") // Only put fills the ring.
    @Nullable
    T get(long id) {
        if (id < lowest) {
            return null;
        }
        T near = id - lowest < ring.length ? (T) ring[indexOf(id)] : null;
        return near != null || far.isEmpty() ? near : far.get(id);
    }

    /** Takes out what the lowest id has, and raises it by one. */
    void removeLowest() {
        if (ring[indexOf(lowest)] != null) {
            ring[indexOf(lowest)] = null;
            inRing--;
        } else {
            far.remove(lowest);
        }
        lowest++;
        if (inRing == 0 && ring.length > RING_KEPT_MAX) {
            ring = new Object[RING_MIN];
        }
    }

    /** In the order of ids. */
    @SuppressWarnings("unchecked") // Only put fills the ring.
    List<T> values() {
        // An id goes to the map when it is a ring away at least, and may be close by the time that this is asked.
        TreeMap<Long, T> all = new TreeMap<>(far);
        if (inRing > 0) {
            for (long id = lowest; id < lowest + ring.length; id++) {
                T value = (T) ring[indexOf(id)];
                if (value != null) {
                    all.put(id, value);
                }
            }
        }
        return new ArrayList<>(all.values());
    }

    int size() {
        return inRing + far.size();
    }

    void clear() {
        far.clear();
        Arrays.fill(ring, null);
        inRing = 0;
    }
}
