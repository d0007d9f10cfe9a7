package dev.daybook.server.garbage;

/**
 * What the disk of a ledger directory must have room for.
 *
 * @param entryLogBytesMax an entry log that is longer is followed by a new one
 * @param flushBytes a directory with less free space takes no entries, so that what is in memory can still be flushed
 */
public record SpaceNeeds(long entryLogBytesMax, long flushBytes) {
    /**
     * What copies must leave free. While the directory takes entries, the whole memory may be flushed to it at any time.
     * Once it is full only what is in memory now will be; if copies had to leave as much as before, a small disk whose
     * logs are all half dead would stay full for ever.
     */
    long untouchableBytes(boolean full, long unflushedBytes, long reserveBytes) {
        return Math.max(reserveBytes, full ? unflushedBytes + unflushedBytes / 4 : flushBytes);
    }
}
