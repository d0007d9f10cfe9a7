package dev.daybook.protocol.digest;

import io.netty.buffer.ByteBuf;

/**
 * Reads the fixed fields at the beginning of a packaged entry without moving its reader index. Source: entry format,
 * section 1. A bookie stores what clients send and may hold less than a header: check {@code readableBytes} first, or an
 * {@link IndexOutOfBoundsException} follows.
 */
public final class EntryHeader {
    /** Bytes before the digest. */
    public static final int METADATA_LENGTH = 32;

    /** Bytes that a bookie interprets: ledger id, entry id and LAC. */
    public static final int STORED_HEADER_LENGTH = 24;

    static final int LEDGER_ID_OFFSET = 0;
    static final int ENTRY_ID_OFFSET = 8;
    static final int LAC_OFFSET = 16;
    static final int LENGTH_OFFSET = 24;

    private EntryHeader() {}

    public static long ledgerId(ByteBuf packaged) {
        return packaged.getLong(packaged.readerIndex() + LEDGER_ID_OFFSET);
    }

    public static long entryId(ByteBuf packaged) {
        return packaged.getLong(packaged.readerIndex() + ENTRY_ID_OFFSET);
    }

    /** The last-add-confirmed that the writer knew when it packaged the entry; not to be checked against the entry id. */
    public static long lac(ByteBuf packaged) {
        return packaged.getLong(packaged.readerIndex() + LAC_OFFSET);
    }

    /** Payload bytes of the ledger up to and including this entry. */
    public static long length(ByteBuf packaged) {
        return packaged.getLong(packaged.readerIndex() + LENGTH_OFFSET);
    }
}
