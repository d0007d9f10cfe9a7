package dev.daybook.storage.index;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import dev.daybook.storage.entrylog.EntryLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Writes one segment. Rows come in ascending order without repetition. Not thread-safe. */
public final class SegmentWriter implements AutoCloseable {
    private static final int BUFFERED_BLOCKS = 32;

    private final long segmentId;
    private final DiskFile file;
    private final ByteBuffer block = ByteBuffer.allocate(SegmentFormat.BLOCK_BYTES);
    private final ByteBuffer blocks = ByteBuffer.allocate(BUFFERED_BLOCKS * SegmentFormat.BLOCK_BYTES);
    private final Map<ShareKey, long[]> shares = new TreeMap<>();
    private ByteBuffer keys = ByteBuffer.allocate(1024);
    private long blockCount;
    private long writtenBytes;
    private long rows;
    private long lastLedgerId = Long.MIN_VALUE;
    private long lastEntryId = Long.MIN_VALUE;

    private record ShareKey(int logId, long ledgerId) implements Comparable<ShareKey> {
        @Override
        public int compareTo(ShareKey other) {
            int byLog = Integer.compare(logId, other.logId);
            return byLog != 0 ? byLog : Long.compare(ledgerId, other.ledgerId);
        }
    }

    private SegmentWriter(long segmentId, DiskFile file) {
        this.segmentId = segmentId;
        this.file = file;
    }

    public static SegmentWriter create(Disk disk, long segmentId) throws IOException {
        return new SegmentWriter(segmentId, disk.create(SegmentFormat.nameOf(segmentId)));
    }

    public void add(long ledgerId, long entryId, EntryLocation location) throws IOException {
        add(new IndexRow(ledgerId, entryId, location));
    }

    void add(IndexRow row) throws IOException {
        if (IndexRow.compare(row.ledgerId(), row.entryId(), lastLedgerId, lastEntryId) <= 0) {
            throw new IllegalStateException("index rows must ascend, entry " + row.entryId() + " of ledger "
                    + row.ledgerId() + " came after entry " + lastEntryId + " of ledger " + lastLedgerId);
        }
        lastLedgerId = row.ledgerId();
        lastEntryId = row.entryId();
        if (block.position() == 0) {
            addKey(row);
        }
        SegmentFormat.putRow(block, row);
        rows++;
        long[] share = shares.computeIfAbsent(new ShareKey(row.location().logId(), row.ledgerId()), key -> new long[2]);
        share[0]++;
        share[1] += row.location().bodyBytes();
        if (block.position() == SegmentFormat.BLOCK_ROWS_MAX * SegmentFormat.ROW_BYTES) {
            endBlock();
        }
    }

    private void addKey(IndexRow row) {
        if (keys.remaining() < SegmentFormat.KEY_BYTES) {
            keys = ByteBuffer.allocate(Math.multiplyExact(keys.capacity(), 2)).put(keys.flip());
        }
        keys.putLong(row.ledgerId()).putLong(row.entryId());
    }

    private void endBlock() throws IOException {
        int rowsInBlock = block.position() / SegmentFormat.ROW_BYTES;
        while (block.hasRemaining()) {
            block.put((byte) 0);
        }
        SegmentFormat.sealBlock(block, rowsInBlock, segmentId, blockCount);
        blocks.put(block.flip());
        block.clear();
        blockCount++;
        if (!blocks.hasRemaining()) {
            write(blocks.flip());
            blocks.clear();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        file.write(writtenBytes, bytes);
        writtenBytes += count;
    }

    /** Completes the segment and makes it durable. */
    public SegmentRef finish(long firstFlush, long lastFlush) throws IOException {
        if (block.position() > 0) {
            endBlock();
        }
        write(blocks.flip());
        keys.flip();
        int keysChecksum = SegmentFormat.checksum(keys, keys.limit(), segmentId, blockCount);
        write(keys);
        ByteBuffer encodedShares = encodeShares();
        int sharesChecksum = SegmentFormat.checksum(encodedShares, encodedShares.limit(), segmentId, blockCount + 1);
        write(encodedShares);
        write(new SegmentFormat.Tail(segmentId, blockCount, rows, keysChecksum, shares.size(), sharesChecksum)
                .encode());
        file.sync();
        return new SegmentRef(segmentId, firstFlush, lastFlush, rows);
    }

    private ByteBuffer encodeShares() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(shares.size(), SegmentFormat.SHARE_BYTES));
        shares.forEach((key, share) -> bytes.putInt(key.logId())
                .putLong(key.ledgerId())
                .putLong(share[0])
                .putLong(share[1]));
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
