package dev.daybook.storage.journal;

/**
 * A journal file as an inspection finds it.
 *
 * @param hasHeader false for a file that was made ahead and never written to, or whose header is damaged; then what
 *     follows is 0
 * @param previousGeneration the file before
 * @param previousEnd where the records of the file before end
 * @param firstSequence of its first record
 */
public record JournalFile(
        String name,
        long generation,
        long bytes,
        boolean hasHeader,
        int journalIndex,
        int journalCount,
        long previousGeneration,
        long previousEnd,
        long firstSequence) {}
