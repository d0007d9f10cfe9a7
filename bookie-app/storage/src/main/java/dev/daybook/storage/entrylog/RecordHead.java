package dev.daybook.storage.entrylog;

/**
 * What stands before a packaged entry in an entry log.
 *
 * @param flush under which the entry was first stored on this bookie; a copy made by compaction keeps it
 */
public record RecordHead(EntryLocation location, long ledgerId, long entryId, long flush) {}
