package dev.daybook.storage.journal;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;

/** Is shown everything in a journal, damaged or not. */
public interface InspectionVisitor {
    /** A file begins. */
    void file(JournalFile file) throws IOException;

    /**
     * A valid record.
     *
     * @param syncedEnd how much of the file was synced when it was written
     * @param bytes of its content
     */
    void record(JournalPosition position, long sequence, long syncedEnd, int bytes, JournalRecord<EntryBytes> fact)
            throws IOException;

    /** A group begins, or, at the end of a file, everything before is synced. */
    void mark(JournalPosition position, long sequence, long syncedEnd) throws IOException;

    /** No valid record lies here, although one must. */
    void damage(JournalPosition from, long toOffset, String how) throws IOException;

    /**
     * The records of a file end.
     *
     * @param restBytes behind the end, with zeros, records of the file's earlier life, or a write that the power cut short
     */
    void end(JournalPosition end, long restBytes) throws IOException;
}
