package dev.daybook.importer.source;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A row of DbLedgerStorage's {@code ledgers} database, in proto binary. Source: bookie specification, section 17.4.
 * Unknown fields are passed over.
 */
final class LedgerRowBytes {
    private static final int EXISTS = 1;
    private static final int FENCED = 2;
    private static final int MASTER_KEY = 3;
    private static final int EXPLICIT_LAC = 4;
    private static final int LIMBO = 5;

    private static final int WIRE_VARINT = 0;
    private static final int WIRE_FIXED64 = 1;
    private static final int WIRE_BYTES = 2;
    private static final int WIRE_FIXED32 = 5;
    private static final int VARINT_BITS_MAX = 63;

    private LedgerRowBytes() {}

    /** Empty if the row says that the ledger does not exist. */
    static Optional<SourceLedger> parse(long ledgerId, byte[] row) throws SourceRefused {
        boolean exists = false;
        boolean fenced = false;
        boolean limbo = false;
        byte[] key = new byte[0];
        Optional<byte[]> lac = Optional.empty();
        ByteBuffer bytes = ByteBuffer.wrap(row);
        try {
            while (bytes.hasRemaining()) {
                long tag = varint(bytes);
                int field = (int) (tag >>> 3);
                int wire = (int) (tag & 7);
                if (wire == WIRE_VARINT) {
                    boolean value = varint(bytes) != 0;
                    exists = field == EXISTS ? value : exists;
                    fenced = field == FENCED ? value : fenced;
                    limbo = field == LIMBO ? value : limbo;
                } else if (wire == WIRE_BYTES) {
                    byte[] value = new byte[Math.toIntExact(Math.min(varint(bytes), row.length))];
                    bytes.get(value);
                    key = field == MASTER_KEY ? value : key;
                    lac = field == EXPLICIT_LAC ? Optional.of(value).filter(packet -> packet.length > 0) : lac;
                } else if (wire == WIRE_FIXED64) {
                    bytes.getLong();
                } else if (wire == WIRE_FIXED32) {
                    bytes.getInt();
                } else {
                    throw damaged(ledgerId);
                }
            }
        } catch (BufferUnderflowException e) {
            throw damaged(ledgerId);
        }
        return exists ? Optional.of(new SourceLedger(ledgerId, key, fenced, lac, limbo)) : Optional.empty();
    }

    private static SourceRefused damaged(long ledgerId) {
        return new SourceRefused("The row of ledger " + ledgerId + " in the ledgers database is damaged.");
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift <= VARINT_BITS_MAX; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value & Long.MAX_VALUE;
            }
        }
        throw new BufferUnderflowException();
    }
}
