package dev.daybook.storage.index;

import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted piece of the index. Finds a row by two blocks, which the {@link BlockCache} mostly has; keeps 24
 * bytes for 17,000 rows in memory. Every method throws {@link IOException} when it cannot tell; an empty result means
 * that the segment certainly has nothing. Thread-safe.
 */
public final class Segment implements AutoCloseable {
    private final SegmentRef ref;
    private final String path;
    private final DiskFile file;
    private final BlockCache cache;
    private final int blocks;

    /** Of each key block: its first key, then its number. */
    private final ByteBuffer keyBlocks;

    /** Numbers of the blocks of shares. */
    private final ByteBuffer shareBlocks;

    private final LongAdder blocksRead = new LongAdder();

    private Segment(SegmentRef ref, String path, DiskFile file, BlockCache cache, SegmentFormat.Tail tail)
            throws IOException {
        this.ref = ref;
        this.path = path;
        this.file = file;
        this.cache = cache;
        this.blocks = Math.toIntExact(tail.blocks());
        ByteBuffer lists = ByteBuffer.allocate(Math.toIntExact(tail.listsBytes()));
        file.read(tail.listsOffset(), lists);
        lists.flip();
        if (lists.limit() != tail.listsBytes()
                || SegmentFormat.checksum(lists, lists.limit(), ref.segmentId(), blocks) != tail.listsChecksum()) {
            throw damaged(path, "damaged in its list of blocks");
        }
        int keyBytes = tail.keyBlocks() * SegmentFormat.Kind.KEYS.itemBytes;
        this.keyBlocks = lists.slice(0, keyBytes);
        this.shareBlocks = lists.slice(keyBytes, lists.limit() - keyBytes);
    }

    /** @throws StorageDamage if the segment is not whole, as far as that can be told without reading all of it */
    public static Segment open(Disk disk, SegmentRef ref, BlockCache cache) throws IOException {
        String path = disk.path() + "/" + SegmentFormat.nameOf(ref.segmentId());
        if (!disk.exists(SegmentFormat.nameOf(ref.segmentId()))) {
            throw damaged(path, "missing");
        }
        DiskFile file = disk.open(SegmentFormat.nameOf(ref.segmentId()));
        try {
            ByteBuffer tailBytes = ByteBuffer.allocate(SegmentFormat.TAIL_BYTES);
            file.read(Math.max(0, file.size() - SegmentFormat.TAIL_BYTES), tailBytes);
            if (!SegmentFormat.Tail.isValid(tailBytes.flip(), ref.segmentId())) {
                throw damaged(path, "damaged at its end");
            }
            SegmentFormat.Tail tail = SegmentFormat.Tail.decode(tailBytes);
            if (tail.rows() != ref.rows() || tail.fileBytes() != file.size()) {
                throw damaged(path, "not the one that the checkpoint names");
            }
            return new Segment(ref, path, file, cache, tail);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static StorageDamage damaged(String path, String how) {
        return new StorageDamage("The index file " + path + " is " + how
                + ": what it knows is unknown until the index has been rebuilt from the entry logs, which begins by "
                + "itself.");
    }

    public SegmentRef ref() {
        return ref;
    }

    public static String nameOf(long segmentId) {
        return SegmentFormat.nameOf(segmentId);
    }

    /** Suffix by which segments are known among other files. */
    public static String suffix() {
        return SegmentFormat.SUFFIX;
    }

    public Optional<IndexRow> find(long ledgerId, long entryId) throws IOException {
        int keyBlock = floorKey(keyBlocks, keyBlocks.capacity() / SegmentFormat.Kind.KEYS.itemBytes, ledgerId, entryId);
        if (keyBlock < 0) {
            return Optional.empty();
        }
        ByteBuffer keys = block(blockNumber(keyBlocks, keyBlock), SegmentFormat.Kind.KEYS);
        int key = floorKey(keys, SegmentFormat.itemsOf(keys), ledgerId, entryId);
        if (key < 0) {
            throw damaged(path, "damaged in its keys");
        }
        ByteBuffer rows = block(blockNumber(keys, key), SegmentFormat.Kind.ROWS);
        int row = lowerBound(rows, ledgerId, entryId);
        if (row == SegmentFormat.itemsOf(rows)) {
            return Optional.empty();
        }
        IndexRow found = SegmentFormat.rowAt(rows, row);
        return found.ledgerId() == ledgerId && found.entryId() == entryId ? Optional.of(found) : Optional.empty();
    }

    /** Is shown rows. */
    @FunctionalInterface
    public interface RowVisitor {
        void row(IndexRow row) throws IOException;
    }

    /** Shows the rows of a ledger in order, those of this entry and up to that one, both included. */
    public void forEachRow(long ledgerId, long fromEntryId, long toEntryId, RowVisitor visitor) throws IOException {
        forEachRowWhile(ledgerId, fromEntryId, toEntryId, row -> {
            visitor.row(row);
            return true;
        });
    }

    /** Is shown rows until it has enough. */
    @FunctionalInterface
    public interface RowTaker {
        /** Returns whether to go on. */
        boolean take(IndexRow row) throws IOException;
    }

    /** As {@link #forEachRow}, until the taker says that it is enough. */
    public void forEachRowWhile(long ledgerId, long fromEntryId, long toEntryId, RowTaker taker) throws IOException {
        int keyBlockCount = keyBlocks.capacity() / SegmentFormat.Kind.KEYS.itemBytes;
        int i = Math.max(0, floorKey(keyBlocks, keyBlockCount, ledgerId, fromEntryId));
        for (; i < keyBlockCount && isKeyUpTo(keyBlocks, i, ledgerId, toEntryId); i++) {
            ByteBuffer keys = block(blockNumber(keyBlocks, i), SegmentFormat.Kind.KEYS);
            int keyCount = SegmentFormat.itemsOf(keys);
            int key = Math.max(0, floorKey(keys, keyCount, ledgerId, fromEntryId));
            for (; key < keyCount && isKeyUpTo(keys, key, ledgerId, toEntryId); key++) {
                ByteBuffer rows = block(blockNumber(keys, key), SegmentFormat.Kind.ROWS);
                for (int row = lowerBound(rows, ledgerId, fromEntryId); row < SegmentFormat.itemsOf(rows); row++) {
                    IndexRow found = SegmentFormat.rowAt(rows, row);
                    if (found.ledgerId() != ledgerId || found.entryId() > toEntryId || !taker.take(found)) {
                        return;
                    }
                }
            }
        }
    }

    /** Is shown what a segment has in which entry log. */
    @FunctionalInterface
    public interface ShareVisitor {
        void share(LogShare share) throws IOException;
    }

    /** Shows the shares by ascending ledger; takes no memory to speak of. */
    public void forEachShare(ShareVisitor visitor) throws IOException {
        for (int i = 0; i < shareBlocks.capacity(); i += Long.BYTES) {
            ByteBuffer bytes = read(Math.toIntExact(shareBlocks.getLong(i)));
            requireKind(bytes, SegmentFormat.Kind.SHARES);
            for (int share = 0; share < SegmentFormat.itemsOf(bytes); share++) {
                visitor.share(SegmentFormat.shareAt(bytes, share));
            }
        }
    }

    /** Is shown a whole segment, damaged or not. */
    public interface ScanVisitor extends RowVisitor {
        void damagedBlock(int block, String how) throws IOException;
    }

    /** Shows all rows in the order in which they lie, past damaged blocks and past the cache. */
    public void scan(ScanVisitor visitor) throws IOException {
        for (int i = 0; i < blocks; i++) {
            ByteBuffer bytes;
            try {
                bytes = read(i);
            } catch (IOException e) {
                visitor.damagedBlock(i, String.valueOf(e.getMessage()));
                continue;
            }
            if (SegmentFormat.isOfKind(bytes, SegmentFormat.Kind.ROWS)) {
                for (int row = 0; row < SegmentFormat.itemsOf(bytes); row++) {
                    visitor.row(SegmentFormat.rowAt(bytes, row));
                }
            }
        }
    }

    /** Kept in memory as long as the segment is open. */
    int memoryBytes() {
        return keyBlocks.capacity() + shareBlocks.capacity();
    }

    /** Blocks that lookups have read past the cache. */
    long blocksRead() {
        return blocksRead.sum();
    }

    int blocks() {
        return blocks;
    }

    /** Consecutive blocks, as far as they fit into the buffer; each must be passed to {@link #verified}. */
    void readBlocks(int firstBlock, ByteBuffer into) throws IOException {
        into.clear().limit((int) Math.min(into.capacity(), (long) (blocks - firstBlock) * SegmentFormat.BLOCK_BYTES));
        file.read((long) firstBlock * SegmentFormat.BLOCK_BYTES, into);
        into.flip();
    }

    ByteBuffer verified(ByteBuffer bytes, int block) throws IOException {
        if (!SegmentFormat.isBlockValid(bytes, ref.segmentId(), block)) {
            throw damaged(path, "damaged in block " + block);
        }
        return bytes;
    }

    private ByteBuffer block(int block, SegmentFormat.Kind kind) throws IOException {
        @Nullable ByteBuffer cached = cache.get(ref.segmentId(), block);
        if (cached == null) {
            cached = read(block);
            cache.put(ref.segmentId(), block, cached);
        }
        requireKind(cached, kind);
        return cached;
    }

    private ByteBuffer read(int block) throws IOException {
        blocksRead.increment();
        ByteBuffer bytes = ByteBuffer.allocate(SegmentFormat.BLOCK_BYTES);
        file.read((long) block * SegmentFormat.BLOCK_BYTES, bytes);
        return verified(bytes.flip(), block);
    }

    private void requireKind(ByteBuffer bytes, SegmentFormat.Kind kind) throws StorageDamage {
        if (!SegmentFormat.isOfKind(bytes, kind)) {
            throw damaged(path, "damaged in the order of its blocks");
        }
    }

    private static int blockNumber(ByteBuffer keys, int key) {
        return Math.toIntExact(keys.getLong(key * SegmentFormat.Kind.KEYS.itemBytes + 2 * Long.BYTES));
    }

    private static boolean isKeyUpTo(ByteBuffer keys, int key, long ledgerId, long entryId) {
        int start = key * SegmentFormat.Kind.KEYS.itemBytes;
        return IndexRow.compare(keys.getLong(start), keys.getLong(start + Long.BYTES), ledgerId, entryId) <= 0;
    }

    /** The last key that is not above the one sought; -1 if all are. */
    private static int floorKey(ByteBuffer keys, int count, long ledgerId, long entryId) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int start = middle * SegmentFormat.Kind.KEYS.itemBytes;
            if (IndexRow.compare(keys.getLong(start), keys.getLong(start + Long.BYTES), ledgerId, entryId) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The first row of the block whose key is not below the key. */
    private static int lowerBound(ByteBuffer bytes, long ledgerId, long entryId) {
        int low = 0;
        int high = SegmentFormat.itemsOf(bytes);
        while (low < high) {
            int middle = (low + high) >>> 1;
            int start = middle * SegmentFormat.Kind.ROWS.itemBytes;
            if (IndexRow.compare(bytes.getLong(start), bytes.getLong(start + Long.BYTES), ledgerId, entryId) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
