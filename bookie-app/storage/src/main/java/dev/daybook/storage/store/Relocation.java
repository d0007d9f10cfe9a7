package dev.daybook.storage.store;

import dev.daybook.storage.entrylog.EntryLocation;

/**
 * An entry that compaction has copied to another entry log.
 *
 * @param flush under which the entry was first stored; the copy keeps it
 */
public record Relocation(long ledgerId, long entryId, long flush, EntryLocation from, EntryLocation to) {}
