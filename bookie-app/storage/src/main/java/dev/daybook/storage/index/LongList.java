package dev.daybook.storage.index;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing list of numbers without a box for each. */
final class LongList {
    private long[] values = new long[8];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
        }
        values[size] = value;
        size++;
    }

    void setLast(long value) {
        values[size - 1] = value;
    }

    int size() {
        return size;
    }

    void putTo(ByteBuffer into) {
        for (int i = 0; i < size; i++) {
            into.putLong(values[i]);
        }
    }
}
