package dev.daybook.storage.store;

import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.journal.JournalPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The file that holds a {@link Checkpoint}, replaced whole. */
final class CheckpointFile {
    static final String NAME = "checkpoint";
    static final String TEMPORARY_NAME = "checkpoint.tmp";

    private static final long MAGIC = 0x4441_5942_4f4f_4b43L; // "DAYBOOKC"
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 24;

    private CheckpointFile() {}

    /** Step one: everything but the replacement. If it fails the old checkpoint stands, and it may be tried again. */
    static void prepare(Disk disk, Checkpoint checkpoint) throws IOException {
        if (disk.exists(TEMPORARY_NAME)) {
            disk.delete(TEMPORARY_NAME);
        }
        try (DiskFile file = disk.create(TEMPORARY_NAME)) {
            file.write(0, encode(checkpoint));
            file.sync();
        }
        // The names of the files that the checkpoint speaks of must be durable before it is.
        disk.syncDirectory();
    }

    /** Step two. If it fails it is unknown which checkpoint stands, and nothing may be written or deleted any more. */
    static void replace(Disk disk) throws IOException {
        disk.rename(TEMPORARY_NAME, NAME);
        disk.syncDirectory();
    }

    /** Empty if there is none. */
    static Optional<Checkpoint> read(Disk disk) throws IOException {
        if (!disk.exists(NAME)) {
            return Optional.empty();
        }
        ByteBuffer bytes;
        try (DiskFile file = disk.open(NAME)) {
            bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(0, bytes);
            bytes.flip();
        }
        boolean whole = bytes.limit() >= HEADER_BYTES
                && bytes.getLong(0) == MAGIC
                && bytes.getInt(8) == VERSION
                && bytes.getLong(16) == bytes.limit()
                && bytes.getInt(12) == checksum(bytes);
        if (!whole) {
            throw new StorageDamage("The file " + disk.path() + "/" + NAME
                    + " is damaged, so it is unknown what this bookie has: replace this bookie by a new one and let "
                    + "the cluster restore its copies.");
        }
        return Optional.of(decode(bytes.position(HEADER_BYTES)));
    }

    private static ByteBuffer encode(Checkpoint checkpoint) {
        int bytes = HEADER_BYTES
                + 2 * Integer.BYTES
                + 2 * Long.BYTES
                + 5 * Integer.BYTES
                + 2 * Long.BYTES * checkpoint.marks().size()
                + (Integer.BYTES + Long.BYTES) * checkpoint.logs().size()
                + 4 * Long.BYTES * checkpoint.segments().size()
                + Long.BYTES * checkpoint.tables().size()
                + 2 * Long.BYTES * checkpoint.doubts().size();
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        buffer.putLong(MAGIC).putInt(VERSION).putInt(0).putLong(bytes);
        buffer.putInt(checkpoint.storeIndex()).putInt(checkpoint.storeCount());
        buffer.putLong(checkpoint.flush()).putLong(checkpoint.nextFileId());
        buffer.putInt(checkpoint.marks().size())
                .putInt(checkpoint.logs().size())
                .putInt(checkpoint.segments().size())
                .putInt(checkpoint.tables().size())
                .putInt(checkpoint.doubts().size());
        checkpoint.marks().forEach(mark -> buffer.putLong(mark.generation()).putLong(mark.offset()));
        checkpoint.logs().forEach(log -> buffer.putInt(log.logId()).putLong(log.bytes()));
        checkpoint
                .segments()
                .forEach(segment -> buffer.putLong(segment.segmentId())
                        .putLong(segment.firstFlush())
                        .putLong(segment.lastFlush())
                        .putLong(segment.rows()));
        checkpoint.tables().forEach(buffer::putLong);
        checkpoint
                .doubts()
                .forEach((ledgerId, flush) -> buffer.putLong(ledgerId).putLong(flush));
        buffer.flip();
        return buffer.putInt(12, checksum(buffer));
    }

    private static Checkpoint decode(ByteBuffer from) {
        int storeIndex = from.getInt();
        int storeCount = from.getInt();
        long flush = from.getLong();
        long nextFileId = from.getLong();
        int marks = from.getInt();
        int logs = from.getInt();
        int segments = from.getInt();
        int tables = from.getInt();
        int doubts = from.getInt();
        List<JournalPosition> markList = new ArrayList<>();
        for (int i = 0; i < marks; i++) {
            markList.add(new JournalPosition(from.getLong(), from.getLong()));
        }
        List<Checkpoint.LogRef> logList = new ArrayList<>();
        for (int i = 0; i < logs; i++) {
            logList.add(new Checkpoint.LogRef(from.getInt(), from.getLong()));
        }
        List<SegmentRef> segmentList = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            segmentList.add(new SegmentRef(from.getLong(), from.getLong(), from.getLong(), from.getLong()));
        }
        List<Long> tableList = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            tableList.add(from.getLong());
        }
        Map<Long, Long> doubtMap = new HashMap<>();
        for (int i = 0; i < doubts; i++) {
            doubtMap.put(from.getLong(), from.getLong());
        }
        return new Checkpoint(
                storeIndex, storeCount, flush, markList, nextFileId, logList, segmentList, tableList, doubtMap);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        ByteBuffer view = bytes.duplicate();
        crc.update(view.position(0).limit(12));
        crc.update(view.limit(bytes.limit()).position(16));
        return (int) crc.getValue();
    }
}
