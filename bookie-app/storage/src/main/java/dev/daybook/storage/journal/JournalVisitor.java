package dev.daybook.storage.journal;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;

/** Takes the facts of a journal in order. */
@FunctionalInterface
public interface JournalVisitor {
    void visit(JournalPosition position, JournalRecord<EntryBytes> fact) throws IOException;
}
