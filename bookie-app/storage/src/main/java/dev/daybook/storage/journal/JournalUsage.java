package dev.daybook.storage.journal;

/**
 * @param files present, without those kept for reuse
 * @param bytes of these files
 * @param head end of what is durable
 * @param replayBytes from the mark to the head, as far as file sizes tell
 */
public record JournalUsage(int files, long bytes, JournalPosition head, long replayBytes) {}
