package dev.daybook.boot.bench;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Payloads of one size cut out of a pool of bytes. Random ones do not compress and differ from entry to entry, so
 * neither a compressing file system nor a cache of equal blocks helps. Thread-safe.
 */
final class Payloads {
    /** Bytes come again after so many, which is farther than compressors look back. */
    private static final int POOL_BYTES = 8 << 20;

    private final ByteBuffer pool;
    private final int size;
    private final int starts;

    private Payloads(byte[] pool, int size) {
        this.pool = ByteBuffer.wrap(pool);
        this.size = size;
        this.starts = pool.length - size + 1;
    }

    static Payloads random(int size, long seed) {
        byte[] bytes = new byte[POOL_BYTES + size];
        new Random(seed).nextBytes(bytes);
        return new Payloads(bytes, size);
    }

    static Payloads zeros(int size) {
        return new Payloads(new byte[size], size);
    }

    /** @param number of the entry */
    ByteBuffer get(long number) {
        int start = (int) Math.floorMod(number * size, (long) starts);
        return pool.slice(start, size);
    }
}
