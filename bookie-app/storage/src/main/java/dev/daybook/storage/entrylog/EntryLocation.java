package dev.daybook.storage.entrylog;

/**
 * Where an entry lies.
 *
 * @param logId number of the entry log
 * @param offset of the record in it
 * @param bodyBytes length of the packaged entry
 */
public record EntryLocation(int logId, long offset, int bodyBytes) {
    /** Where the record ends and the next one may begin. */
    public long end() {
        long end = offset + EntryLogFormat.HEAD_BYTES + bodyBytes;
        return EntryLogFormat.aligned(end, EntryLogFormat.RECORD_ALIGNMENT);
    }
}
