package dev.daybook.storage.journal;

/**
 * A place in a journal.
 *
 * @param generation number of the file
 * @param offset in bytes from the file's start
 */
public record JournalPosition(long generation, long offset) implements Comparable<JournalPosition> {
    @Override
    public int compareTo(JournalPosition other) {
        int byGeneration = Long.compare(generation, other.generation);
        return byGeneration != 0 ? byGeneration : Long.compare(offset, other.offset);
    }

    public JournalPosition min(JournalPosition other) {
        return compareTo(other) <= 0 ? this : other;
    }

    @Override
    public String toString() {
        return generation + ":" + offset;
    }
}
