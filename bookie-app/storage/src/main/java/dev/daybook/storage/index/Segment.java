package dev.daybook.storage.index;

import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import dev.daybook.storage.entrylog.EntryLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * An immutable sorted piece of the index. Keeps the first key of every block in memory, 16 bytes for 127 rows. Every
 * method throws {@link IOException} when it cannot tell; an empty result means that the segment certainly has nothing.
 * Thread-safe.
 */
public final class Segment implements AutoCloseable {
    private final SegmentRef ref;
    private final String path;
    private final DiskFile file;
    private final SegmentFormat.Tail tail;
    private final long[] firstLedgers;
    private final long[] firstEntries;

    private Segment(SegmentRef ref, String path, DiskFile file, SegmentFormat.Tail tail, ByteBuffer keys) {
        this.ref = ref;
        this.path = path;
        this.file = file;
        this.tail = tail;
        int blocks = Math.toIntExact(tail.blocks());
        this.firstLedgers = new long[blocks];
        this.firstEntries = new long[blocks];
        for (int i = 0; i < blocks; i++) {
            firstLedgers[i] = keys.getLong();
            firstEntries[i] = keys.getLong();
        }
    }

    /** @throws StorageDamage if the segment is not whole */
    public static Segment open(Disk disk, SegmentRef ref) throws IOException {
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
            ByteBuffer keys = ByteBuffer.allocate(Math.toIntExact(tail.keysBytes()));
            file.read(tail.keysOffset(), keys);
            keys.flip();
            if (SegmentFormat.checksum(keys, keys.limit(), ref.segmentId(), tail.blocks()) != tail.keysChecksum()
                    || keys.limit() != tail.keysBytes()) {
                throw damaged(path, "damaged in its list of keys");
            }
            return new Segment(ref, path, file, tail, keys);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static StorageDamage damaged(String path, String how) {
        return new StorageDamage("The index file " + path + " is " + how
                + ", so it is unknown which entries this bookie has: replace this bookie by a new one and let the "
                + "cluster restore its copies.");
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

    public Optional<EntryLocation> find(long ledgerId, long entryId) throws IOException {
        int block = floorBlock(ledgerId, entryId);
        if (block < 0) {
            return Optional.empty();
        }
        ByteBuffer bytes = block(block);
        int row = lowerBound(bytes, ledgerId, entryId);
        if (row == SegmentFormat.rowsOf(bytes)) {
            return Optional.empty();
        }
        IndexRow found = SegmentFormat.rowAt(bytes, row);
        boolean hit = found.ledgerId() == ledgerId && found.entryId() == entryId;
        return hit ? Optional.of(found.location()) : Optional.empty();
    }

    /** Tells the ids of all entries of a ledger, ascending. */
    public void forEachEntry(long ledgerId, LongConsumer visitor) throws IOException {
        int block = Math.max(0, floorBlock(ledgerId, Long.MIN_VALUE));
        for (; block < firstLedgers.length && firstLedgers[block] <= ledgerId; block++) {
            ByteBuffer bytes = block(block);
            for (int row = lowerBound(bytes, ledgerId, Long.MIN_VALUE); row < SegmentFormat.rowsOf(bytes); row++) {
                IndexRow found = SegmentFormat.rowAt(bytes, row);
                if (found.ledgerId() != ledgerId) {
                    return;
                }
                visitor.accept(found.entryId());
            }
        }
    }

    /** What this segment has in which entry log. */
    public List<LogShare> shares() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(tail.sharesBytes()));
        file.read(tail.sharesOffset(), bytes);
        bytes.flip();
        if (bytes.limit() != tail.sharesBytes()
                || SegmentFormat.checksum(bytes, bytes.limit(), ref.segmentId(), tail.blocks() + 1)
                        != tail.sharesChecksum()) {
            throw damaged(path, "damaged in its list of entry logs");
        }
        List<LogShare> shares = new ArrayList<>(tail.shares());
        while (bytes.hasRemaining()) {
            shares.add(new LogShare(bytes.getInt(), bytes.getLong(), bytes.getLong(), bytes.getLong()));
        }
        return shares;
    }

    int blocks() {
        return firstLedgers.length;
    }

    /** A block whose checksum has been verified. */
    ByteBuffer block(int block) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentFormat.BLOCK_BYTES);
        file.read((long) block * SegmentFormat.BLOCK_BYTES, bytes);
        if (!SegmentFormat.isBlockValid(bytes.flip(), ref.segmentId(), block)) {
            throw damaged(path, "damaged in block " + block);
        }
        return bytes;
    }

    /** The last block whose first key is not above the key; -1 if the key lies before all blocks. */
    private int floorBlock(long ledgerId, long entryId) {
        int low = 0;
        int high = firstLedgers.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (IndexRow.compare(firstLedgers[middle], firstEntries[middle], ledgerId, entryId) <= 0) {
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
        int high = SegmentFormat.rowsOf(bytes);
        while (low < high) {
            int middle = (low + high) >>> 1;
            int start = middle * SegmentFormat.ROW_BYTES;
            if (IndexRow.compare(bytes.getLong(start), bytes.getLong(start + 8), ledgerId, entryId) < 0) {
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
