package dev.daybook.storage.memtable;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The memory of entries on their way from the network to the entry logs. Its size is fixed; when it is used up nobody
 * gets any, and somebody has to wait until entries are released. Thread-safe.
 */
public final class EntryArena implements AutoCloseable {
    private final Lane[] lanes;
    private final ChunkPool pool;

    private EntryArena(int lanes, ChunkPool pool) {
        this.pool = pool;
        this.lanes = new Lane[lanes];
        for (int i = 0; i < lanes; i++) {
            this.lanes[i] = new Lane();
        }
    }

    /**
     * @param lanes how many threads can take memory without getting in each other's way
     * @param entryBytesMax of the largest entry
     * @param bytesMax of entries; what is taken for them may be more by a few times the largest entry
     */
    public record Config(int lanes, int entryBytesMax, long bytesMax) {
        private static final int CHUNK_BYTES_MIN = 1 << 20;

        public Config {
            if (lanes < 1 || entryBytesMax < 1 || bytesMax < 0) {
                throw new IllegalArgumentException(
                        "an arena needs positive sizes, was given " + lanes + ", " + entryBytesMax + ", " + bytesMax);
            }
        }

        private int chunkBytes() {
            return Math.max(CHUNK_BYTES_MIN, entryBytesMax);
        }

        /** Each lane may hold a chunk that nobody else can use; one more keeps work going in any case. */
        private int chunksMax() {
            return Math.toIntExact((bytesMax + chunkBytes() - 1) / chunkBytes() + lanes + 1);
        }

        /** What the arena takes at most. */
        public long memoryBytesMax() {
            return (long) chunksMax() * chunkBytes();
        }
    }

    /**
     * An arena outside of the Java heap.
     *
     * @param onRoom runs when there may be room again, on whichever thread released the last bytes; must
     *     neither block nor use the arena
     */
    public static EntryArena direct(Config config, Runnable onRoom) {
        return new EntryArena(
                config.lanes(),
                new ChunkPool(config.chunkBytes(), config.chunksMax(), ByteBuffer::allocateDirect, onRoom));
    }

    /** An arena of any memory and with chunks of a chosen size, which no entry exceeds. */
    public static EntryArena of(
            int lanes, int chunkBytes, int chunksMax, IntFunction<ByteBuffer> allocator, Runnable onRoom) {
        return new EntryArena(lanes, new ChunkPool(chunkBytes, chunksMax, allocator, onRoom));
    }

    /**
     * Memory for one entry, to be filled by {@link EntryBytes#view}; null if there is none now.
     *
     * @param taker any number that stands for the calling thread; takers in different lanes do not wait for each other
     * @throws IllegalArgumentException if an entry can never be as large
     */
    public @Nullable EntryBytes tryTake(long taker, int bytes) {
        if (bytes > pool.chunkBytes()) {
            throw new IllegalArgumentException(
                    "an entry of " + bytes + " bytes is larger than the allowed " + pool.chunkBytes());
        }
        return lanes[(int) Long.remainderUnsigned(taker, lanes.length)].tryTake(bytes);
    }

    /** Chunks that hold entries, or may yet. */
    public int chunksInUse() {
        return pool.inUse();
    }

    /** Nothing is taken any more; after the last release no chunk is in use. */
    @Override
    public void close() {
        for (Lane lane : lanes) {
            lane.close();
        }
    }

    /** One place where entries are laid in. */
    private final class Lane {
        private @Nullable Chunk chunk;
        private boolean closed;

        synchronized @Nullable EntryBytes tryTake(int bytes) {
            if (chunk == null || chunk.remaining() < bytes) {
                // First the old one goes: it may be the only one that is empty.
                retire();
                chunk = closed ? null : pool.take();
                if (chunk == null) {
                    return null;
                }
                chunk.open();
            }
            return chunk.lay(bytes);
        }

        synchronized void close() {
            closed = true;
            retire();
        }

        private void retire() {
            Chunk retired = chunk;
            chunk = null;
            if (retired != null) {
                retired.retire();
            }
        }
    }
}
