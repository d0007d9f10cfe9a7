package dev.daybook.storage.index;

/** What a segment has of one ledger in one entry log. */
public record LogShare(int logId, long ledgerId, long rows, long bytes) {}
