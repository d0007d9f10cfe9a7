package dev.daybook.storage.index;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Verified blocks of segments, so that a lookup rarely reads from disk. Each block has one slot, which it shares with
 * others: what was read last stays. Segment ids are never used twice, so nothing here ever becomes wrong. Thread-safe.
 */
public final class BlockCache {
    private final AtomicReferenceArray<@Nullable Cached> slots;

    private record Cached(long segmentId, int block, ByteBuffer bytes) {}

    /** @param bytesMax memory taken at most; at least one block is kept */
    public BlockCache(long bytesMax) {
        long blocks = Math.max(1, bytesMax / SegmentFormat.BLOCK_BYTES);
        this.slots = new AtomicReferenceArray<>(Math.toIntExact(Long.highestOneBit(Math.min(blocks, 1L << 24))));
    }

    private int slotOf(long segmentId, int block) {
        long mixed = (segmentId * 0x9E37_79B9_7F4A_7C15L + block) * 0xBF58_476D_1CE4_E5B9L;
        return (int) ((mixed >>> 32) & (slots.length() - 1));
    }

    @Nullable
    ByteBuffer get(long segmentId, int block) {
        Cached cached = slots.get(slotOf(segmentId, block));
        return cached != null && cached.segmentId == segmentId && cached.block == block ? cached.bytes : null;
    }

    /** @param bytes must not be changed any more, its position and limit included */
    void put(long segmentId, int block, ByteBuffer bytes) {
        slots.lazySet(slotOf(segmentId, block), new Cached(segmentId, block, bytes));
    }
}
