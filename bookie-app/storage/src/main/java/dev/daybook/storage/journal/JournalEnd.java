package dev.daybook.storage.journal;

/**
 * Where a scanned journal ends; the next file continues from there.
 *
 * @param generation of the last file with a valid header, 0 if there is none
 * @param offset behind its last valid record
 * @param nextSequence of the record to come
 */
record JournalEnd(long generation, long offset, long nextSequence) {
    static final JournalEnd NONE = new JournalEnd(0, 0, 1);
}
