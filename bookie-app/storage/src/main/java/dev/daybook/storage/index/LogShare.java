package dev.daybook.storage.index;

/**
 * What a segment has of one ledger in one entry log.
 *
 * @param lastFlush newest flush of these rows
 * @param bytes of the packaged entries
 */
public record LogShare(int logId, long ledgerId, long lastFlush, long rows, long bytes) {}
