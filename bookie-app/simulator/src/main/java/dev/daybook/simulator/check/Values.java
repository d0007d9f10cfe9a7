package dev.daybook.simulator.check;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of entries: a function of who wrote what where, so that any byte can be judged without being remembered. The
 * text form names the writer and a checksum.
 */
public final class Values {
    /** Ledger, entry and writer. */
    public static final int HEAD_BYTES = 20;

    private Values() {}

    public static byte[] payload(long ledgerId, long entryId, int writer, int size) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(HEAD_BYTES, size));
        bytes.putLong(ledgerId).putLong(entryId).putInt(writer);
        long state = ledgerId * 0x9E3779B97F4A7C15L + entryId * 0xBF58476D1CE4E5B9L + writer;
        while (bytes.hasRemaining()) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            bytes.put((byte) (state >>> 56));
        }
        return bytes.array();
    }

    /** Equal exactly for equal bytes, as far as a checksum can tell. */
    public static String nameOf(ByteBuffer payload) {
        ByteBuffer view = payload.duplicate();
        CRC32C crc = new CRC32C();
        crc.update(view);
        ByteBuffer head = payload.duplicate();
        String where =
                head.remaining() < HEAD_BYTES ? "?" : head.getLong() + "/" + head.getLong() + "/" + head.getInt();
        return where + "/" + payload.remaining() + "/" + Long.toHexString(crc.getValue());
    }
}
