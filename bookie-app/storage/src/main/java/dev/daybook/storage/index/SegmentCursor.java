package dev.daybook.storage.index;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Walks over all rows of a segment, past the cache, which a walk would only empty. Not thread-safe. */
final class SegmentCursor {
    private static final int BUFFERED_BLOCKS = 32;

    private final Segment segment;
    private final ByteBuffer buffer;
    private int nextBlock;
    private int bufferedFrom;
    private ByteBuffer rows = ByteBuffer.allocate(0);
    private int row;
    private int rowCount;
    private IndexRow current;

    SegmentCursor(Segment segment, IndexRow before) {
        this.segment = segment;
        this.current = before;
        int blocks = Math.max(1, Math.min(BUFFERED_BLOCKS, segment.blocks()));
        this.buffer = ByteBuffer.allocate(blocks * SegmentFormat.BLOCK_BYTES).limit(0);
    }

    IndexRow current() {
        return current;
    }

    boolean advance() throws IOException {
        while (row == rowCount) {
            if (nextBlock == segment.blocks()) {
                return false;
            }
            takeBlock();
        }
        current = SegmentFormat.rowAt(rows, row);
        row++;
        return true;
    }

    private void takeBlock() throws IOException {
        int start = (nextBlock - bufferedFrom) * SegmentFormat.BLOCK_BYTES;
        if (start >= buffer.limit()) {
            segment.readBlocks(nextBlock, buffer);
            bufferedFrom = nextBlock;
            start = 0;
        }
        int bytes = Math.max(0, Math.min(SegmentFormat.BLOCK_BYTES, buffer.limit() - start));
        rows = segment.verified(buffer.slice(start, bytes), nextBlock);
        nextBlock++;
        row = 0;
        rowCount = SegmentFormat.isOfKind(rows, SegmentFormat.Kind.ROWS) ? SegmentFormat.itemsOf(rows) : 0;
    }
}
