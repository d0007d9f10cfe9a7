package dev.daybook.storage.index;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import dev.daybook.storage.entrylog.EntryLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Writes one segment. Rows come in ascending order, one of each entry. Not thread-safe. */
public final class SegmentWriter implements AutoCloseable {
    private static final int BUFFERED_BLOCKS = 64;

    private final long segmentId;
    private final DiskFile file;
    private final Filling rowBlock = new Filling(SegmentFormat.Kind.ROWS);
    private final Filling keyBlock = new Filling(SegmentFormat.Kind.KEYS);
    private final Filling shareBlock = new Filling(SegmentFormat.Kind.SHARES);
    private final LongList keyList = new LongList();
    private final LongList shareList = new LongList();
    private ByteBuffer blocks = ByteBuffer.allocate(SegmentFormat.BLOCK_BYTES);

    /** Of the ledger that is being written: newest flush, rows and bytes in the log of its first row. */
    private final long[] firstShare = new long[3];

    private int firstShareLog;

    /** The same of other logs. Mostly there is none, and there may be as many ledgers as rows. */
    private final Map<Integer, long[]> otherShares = new TreeMap<>();

    private long blockCount;
    private long writtenBytes;
    private long rows;
    private long firstFlush = Long.MAX_VALUE;
    private long lastFlush = Long.MIN_VALUE;
    private long lastLedgerId = Long.MIN_VALUE;
    private long lastEntryId = Long.MIN_VALUE;

    /** A block that is not full yet. */
    private static final class Filling {
        final SegmentFormat.Kind kind;
        final ByteBuffer bytes = ByteBuffer.allocate(SegmentFormat.BLOCK_BYTES);
        int items;

        Filling(SegmentFormat.Kind kind) {
            this.kind = kind;
        }

        boolean isFull() {
            return items == kind.itemsMax;
        }
    }

    private SegmentWriter(long segmentId, DiskFile file) {
        this.segmentId = segmentId;
        this.file = file;
    }

    public static SegmentWriter create(Disk disk, long segmentId) throws IOException {
        return new SegmentWriter(segmentId, disk.create(SegmentFormat.nameOf(segmentId)));
    }

    public void add(long ledgerId, long entryId, long flush, EntryLocation location) throws IOException {
        add(new IndexRow(ledgerId, entryId, flush, location));
    }

    public void add(IndexRow row) throws IOException {
        if (IndexRow.compare(row.ledgerId(), row.entryId(), lastLedgerId, lastEntryId) <= 0) {
            throw new IllegalStateException("index rows must ascend, entry " + row.entryId() + " of ledger "
                    + row.ledgerId() + " came after entry " + lastEntryId + " of ledger " + lastLedgerId);
        }
        if (row.ledgerId() != lastLedgerId) {
            endLedger();
        }
        lastLedgerId = row.ledgerId();
        lastEntryId = row.entryId();
        if (rowBlock.items == 0) {
            addKey(row);
        }
        SegmentFormat.putRow(rowBlock.bytes, row);
        rowBlock.items++;
        rows++;
        firstFlush = Math.min(firstFlush, row.flush());
        lastFlush = Math.max(lastFlush, row.flush());
        long[] share = shareOf(row);
        share[0] = Math.max(share[0], row.flush());
        share[1]++;
        share[2] += row.location().bodyBytes();
        if (rowBlock.isFull()) {
            end(rowBlock);
        }
    }

    private long[] shareOf(IndexRow row) {
        int logId = row.location().logId();
        if (firstShare[1] == 0) {
            firstShareLog = logId;
            firstShare[0] = row.flush();
        }
        return logId == firstShareLog
                ? firstShare
                : otherShares.computeIfAbsent(logId, id -> new long[] {row.flush(), 0, 0});
    }

    /** The number of the row block is filled in when that block ends. */
    private void addKey(IndexRow first) throws IOException {
        if (keyBlock.isFull()) {
            end(keyBlock);
        }
        if (keyBlock.items == 0) {
            keyList.add(first.ledgerId());
            keyList.add(first.entryId());
            keyList.add(-1);
        }
        keyBlock.bytes.putLong(first.ledgerId()).putLong(first.entryId()).putLong(-1);
        keyBlock.items++;
    }

    private void endLedger() throws IOException {
        if (firstShare[1] == 0) {
            return;
        }
        if (otherShares.isEmpty()) {
            addShare(firstShareLog, firstShare);
        } else {
            otherShares.put(firstShareLog, firstShare.clone());
            for (Map.Entry<Integer, long[]> share : otherShares.entrySet()) {
                addShare(share.getKey(), share.getValue());
            }
            otherShares.clear();
        }
        Arrays.fill(firstShare, 0);
    }

    private void addShare(int logId, long[] sums) throws IOException {
        SegmentFormat.putShare(shareBlock.bytes, new LogShare(logId, lastLedgerId, sums[0], sums[1], sums[2]));
        shareBlock.items++;
        if (shareBlock.isFull()) {
            end(shareBlock);
        }
    }

    private void end(Filling filling) throws IOException {
        if (filling.kind == SegmentFormat.Kind.ROWS) {
            keyBlock.bytes.putLong(keyBlock.bytes.position() - Long.BYTES, blockCount);
        } else if (filling.kind == SegmentFormat.Kind.KEYS) {
            keyList.setLast(blockCount);
        } else {
            shareList.add(blockCount);
        }
        while (filling.bytes.hasRemaining()) {
            filling.bytes.put((byte) 0);
        }
        SegmentFormat.sealBlock(filling.bytes, filling.kind, filling.items, segmentId, blockCount);
        writeBlock(filling.bytes.flip());
        filling.bytes.clear();
        filling.items = 0;
    }

    private void writeBlock(ByteBuffer block) throws IOException {
        if (blocks.remaining() < block.remaining()) {
            writeBlocks();
            if (blocks.capacity() < BUFFERED_BLOCKS * SegmentFormat.BLOCK_BYTES) {
                blocks = ByteBuffer.allocate(BUFFERED_BLOCKS * SegmentFormat.BLOCK_BYTES);
            }
        }
        blocks.put(block);
        blockCount++;
    }

    private void writeBlocks() throws IOException {
        write(blocks.flip());
        blocks.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        file.write(writtenBytes, bytes);
        writtenBytes += count;
    }

    /** Completes the segment and makes it durable. */
    public SegmentRef finish() throws IOException {
        endLedger();
        for (Filling filling : new Filling[] {rowBlock, keyBlock, shareBlock}) {
            if (filling.items > 0) {
                end(filling);
            }
        }
        writeBlocks();
        ByteBuffer lists = ByteBuffer.allocate((keyList.size() + shareList.size()) * Long.BYTES);
        keyList.putTo(lists);
        shareList.putTo(lists);
        lists.flip();
        int checksum = SegmentFormat.checksum(lists, lists.limit(), segmentId, blockCount);
        write(lists);
        write(new SegmentFormat.Tail(segmentId, blockCount, rows, keyList.size() / 3, shareList.size(), checksum)
                .encode());
        file.sync();
        return new SegmentRef(segmentId, rows == 0 ? 0 : firstFlush, rows == 0 ? 0 : lastFlush, rows);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
