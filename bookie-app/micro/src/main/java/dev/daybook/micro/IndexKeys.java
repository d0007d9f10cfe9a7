package dev.daybook.micro;

import dev.daybook.storage.entrylog.EntryLocation;
import java.nio.ByteBuffer;

/** The entries that both indexes hold: many ledgers with many entries each. */
final class IndexKeys {
    static final int LEDGERS = 1_000;
    static final int ENTRIES = 2_000;
    static final int ROWS = LEDGERS * ENTRIES;
    private static final int BODY_BYTES = 1_084;

    private IndexKeys() {}

    static EntryLocation location(int row) {
        return new EntryLocation(1 + row / ROWS, (long) row * BODY_BYTES, BODY_BYTES);
    }

    /** As the reference keys its index. */
    static byte[] rocksKey(long ledger, long entry) {
        return ByteBuffer.allocate(16).putLong(ledger).putLong(entry).array();
    }

    static byte[] rocksValue(int row) {
        return ByteBuffer.allocate(8).putLong(location(row).offset()).array();
    }
}
