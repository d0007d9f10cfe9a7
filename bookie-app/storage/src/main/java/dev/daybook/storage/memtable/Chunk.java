package dev.daybook.storage.memtable;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A piece of memory that entries are laid into one behind the other. It goes back to its pool when every entry in it has
 * been released and nobody lays in any more. Laying in belongs to one lane; releasing is thread-safe.
 */
final class Chunk {
    /** Held by the lane, so that a chunk in use never counts down to zero, and entries cost no atomic step each. */
    private static final int LANE_REFERENCES = 1 << 30;

    private final ByteBuffer memory;
    private final @Nullable ChunkPool pool;
    private final AtomicInteger references = new AtomicInteger();
    private int position;
    private int issued;

    /** @param pool absent: the garbage collector takes care of the memory */
    Chunk(ByteBuffer memory, @Nullable ChunkPool pool) {
        this.memory = memory;
        this.pool = pool;
    }

    ByteBuffer memory() {
        return memory;
    }

    int remaining() {
        return memory.capacity() - position;
    }

    /** Makes an empty chunk a lane's own. */
    void open() {
        position = 0;
        issued = 0;
        references.set(LANE_REFERENCES);
    }

    EntryBytes lay(int bytes) {
        EntryBytes entry = new EntryBytes(this, position, bytes);
        position += bytes;
        issued++;
        return entry;
    }

    /** The lane lays in nothing more. */
    void retire() {
        giveUp(LANE_REFERENCES - issued);
    }

    void release(int entries) {
        giveUp(entries);
    }

    private void giveUp(int count) {
        if (pool == null) {
            return;
        }
        int left = references.addAndGet(-count);
        if (left == 0) {
            pool.giveBack(this);
        } else if (left < 0) {
            throw new IllegalStateException("an entry's bytes were released more often than they were taken");
        }
    }
}
