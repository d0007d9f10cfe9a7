package dev.daybook.server.shard;

import java.util.List;

/**
 * What lies in a bookie's folders at one moment.
 *
 * @param marks one per journal, in their order
 * @param journals names of files, as those that follow
 */
public record StoredFiles(List<Mark> marks, List<String> journals, List<String> entryLogs, List<String> indexes) {
    public StoredFiles {
        marks = List.copyOf(marks);
        journals = List.copyOf(journals);
        entryLogs = List.copyOf(entryLogs);
        indexes = List.copyOf(indexes);
    }

    /**
     * Where a start after a crash would begin to read a journal.
     *
     * @param file number in the name of the file
     */
    public record Mark(String directory, long file, long offset) {}
}
