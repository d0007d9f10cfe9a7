package dev.daybook.storage.table;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One file of ledger rows, written whole and never changed. A later file's row of a ledger replaces an earlier one. */
public final class LedgerTableFile {
    public static final String SUFFIX = ".ledgers";

    private static final long MAGIC = 0x4441_5942_4f4f_4b54L; // "DAYBOOKT"
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 32;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int FIXED_ROW_BYTES = 5 * Long.BYTES + Integer.BYTES + 2 * Integer.BYTES;

    private static final int FENCED = 1;
    private static final int LIMBO = 2;
    private static final int REVIVED = 4;
    private static final int DELETED = 8;
    private static final int FORGOTTEN = 16;
    private static final int HAS_EXPLICIT_LAC = 32;

    private LedgerTableFile() {}

    public static String nameOf(long fileId) {
        return String.format(Locale.ROOT, "%016x", fileId) + SUFFIX;
    }

    /** Writes and syncs a new file. */
    public static void write(Disk disk, long fileId, Collection<LedgerRow> rows) throws IOException {
        long bytes = HEADER_BYTES + CHECKSUM_BYTES;
        for (LedgerRow row : rows) {
            bytes += bytesOf(row);
        }
        try (DiskFile file = disk.create(nameOf(fileId))) {
            Output out = new Output(file, bytes);
            out.room(HEADER_BYTES)
                    .putLong(MAGIC)
                    .putInt(VERSION)
                    .putInt(rows.size())
                    .putLong(fileId)
                    .putLong(bytes);
            for (LedgerRow row : rows) {
                put(out.room(bytesOf(row)), row);
            }
            out.finish();
            file.sync();
        }
    }

    /** A table may be large, and is written while the heap is busy: so by pieces. */
    private static final class Output {
        private static final int PIECE_BYTES = 64 << 10;

        private final DiskFile file;
        private final CRC32C crc = new CRC32C();
        private ByteBuffer piece;
        private long written;

        Output(DiskFile file, long bytes) {
            this.file = file;
            this.piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, bytes));
        }

        /** A buffer in which there is room for so many bytes. */
        ByteBuffer room(int bytes) throws IOException {
            if (piece.remaining() < bytes) {
                write();
            }
            if (piece.remaining() < bytes) {
                piece = ByteBuffer.allocate(bytes);
            }
            return piece;
        }

        private void write() throws IOException {
            crc.update(piece.flip());
            written += write(piece.rewind());
            piece.clear();
        }

        private int write(ByteBuffer bytes) throws IOException {
            int count = bytes.remaining();
            file.write(written, bytes);
            return count;
        }

        void finish() throws IOException {
            write();
            write(ByteBuffer.allocate(CHECKSUM_BYTES)
                    .putInt((int) crc.getValue())
                    .flip());
        }
    }

    private static int bytesOf(LedgerRow row) {
        return FIXED_ROW_BYTES
                + row.masterKey().length
                + row.explicitLac().map(lac -> lac.length).orElse(0);
    }

    private static void put(ByteBuffer into, LedgerRow row) {
        int flags = (row.fenced() ? FENCED : 0)
                | (row.limbo() ? LIMBO : 0)
                | (row.revived() ? REVIVED : 0)
                | (row.deleted() ? DELETED : 0)
                | (row.forgotten() ? FORGOTTEN : 0)
                | (row.explicitLac().isPresent() ? HAS_EXPLICIT_LAC : 0);
        byte[] explicitLac = row.explicitLac().orElse(new byte[0]);
        into.putLong(row.ledgerId())
                .putInt(flags)
                .putLong(row.lastEntryId())
                .putLong(row.knownLac())
                .putLong(row.visibleFromFlush())
                .putLong(row.deletedMillis())
                .putInt(row.masterKey().length)
                .putInt(explicitLac.length)
                .put(row.masterKey())
                .put(explicitLac);
    }

    /** @throws StorageDamage if the file is not whole */
    public static List<LedgerRow> read(Disk disk, long fileId) throws IOException {
        String path = disk.path() + "/" + nameOf(fileId);
        if (!disk.exists(nameOf(fileId))) {
            throw damaged(path, "missing");
        }
        ByteBuffer bytes;
        try (DiskFile file = disk.open(nameOf(fileId))) {
            bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(0, bytes);
            bytes.flip();
        }
        boolean whole = bytes.limit() >= HEADER_BYTES + CHECKSUM_BYTES
                && bytes.getLong(0) == MAGIC
                && bytes.getInt(8) == VERSION
                && bytes.getLong(16) == fileId
                && bytes.getLong(24) == bytes.limit()
                && bytes.getInt(bytes.limit() - CHECKSUM_BYTES)
                        == checksum(bytes.duplicate().limit(bytes.limit() - CHECKSUM_BYTES));
        if (!whole) {
            throw damaged(path, "damaged");
        }
        int count = bytes.getInt(12);
        List<LedgerRow> rows = new ArrayList<>(count);
        bytes.position(HEADER_BYTES);
        for (int i = 0; i < count; i++) {
            rows.add(take(bytes));
        }
        return rows;
    }

    private static LedgerRow take(ByteBuffer from) {
        long ledgerId = from.getLong();
        int flags = from.getInt();
        long lastEntryId = from.getLong();
        long knownLac = from.getLong();
        long visibleFromFlush = from.getLong();
        long deletedMillis = from.getLong();
        byte[] masterKey = new byte[from.getInt()];
        byte[] explicitLac = new byte[from.getInt()];
        from.get(masterKey).get(explicitLac);
        return new LedgerRow(
                ledgerId,
                masterKey,
                (flags & FENCED) != 0,
                (flags & LIMBO) != 0,
                lastEntryId,
                knownLac,
                (flags & HAS_EXPLICIT_LAC) != 0 ? Optional.of(explicitLac) : Optional.empty(),
                visibleFromFlush,
                (flags & REVIVED) != 0,
                (flags & DELETED) != 0,
                deletedMillis,
                (flags & FORGOTTEN) != 0);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static StorageDamage damaged(String path, String how) {
        return new StorageDamage("The ledger table " + path + " is " + how
                + ", so it is unknown which ledgers this bookie has fenced: start the bookie once with "
                + "--accept-data-loss, which fences them all, and let the cluster restore its copies.");
    }
}
