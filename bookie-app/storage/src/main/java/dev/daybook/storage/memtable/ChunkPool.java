package dev.daybook.storage.memtable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Chunks for use over and over again, the last one used first. Never more than the cap. Thread-safe. */
final class ChunkPool {
    private final int chunkBytes;
    private final int chunksMax;
    private final IntFunction<ByteBuffer> allocator;
    private final Runnable onGiveBack;
    private final ArrayDeque<Chunk> idle = new ArrayDeque<>();
    private int made;

    /** @param onGiveBack runs after a chunk came back, on whichever thread gave it back; must not block */
    ChunkPool(int chunkBytes, int chunksMax, IntFunction<ByteBuffer> allocator, Runnable onGiveBack) {
        this.chunkBytes = chunkBytes;
        this.chunksMax = chunksMax;
        this.allocator = allocator;
        this.onGiveBack = onGiveBack;
    }

    /** Null if all chunks are in use. */
    synchronized @Nullable Chunk take() {
        Chunk chunk = idle.pollLast();
        if (chunk == null && made < chunksMax) {
            chunk = new Chunk(allocator.apply(chunkBytes), this);
            made++;
        }
        return chunk;
    }

    void giveBack(Chunk chunk) {
        synchronized (this) {
            idle.addLast(chunk);
        }
        onGiveBack.run();
    }

    synchronized int inUse() {
        return made - idle.size();
    }

    int chunkBytes() {
        return chunkBytes;
    }
}
