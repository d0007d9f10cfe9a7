package dev.daybook.storage.readahead;

import dev.daybook.storage.entrylog.EntryRun;
import dev.daybook.storage.index.IndexRow;
import java.io.IOException;
import java.util.Optional;

/** What the index says at one moment. Thread-safe. Whatever cannot be told is an exception. */
public interface RunIndex {
    /** The row that counts; whether its ledger may still be read from that flush on is the asker's to decide. */
    Optional<IndexRow> locate(long ledgerId, long entryId) throws IOException;

    /** Where the valid bytes of the log end in which the row's entry lies. */
    long logBytes(IndexRow row) throws IOException;

    /**
     * How many bytes of the log the entry and those of its ledger that lie behind it without a gap take.
     *
     * @param bytesMax what would exceed this does not count, except the first entry
     */
    long runBytes(IndexRow first, int bytesMax) throws IOException;

    /** How many of the first entries of a run are those that count. */
    int countCurrent(EntryRun run, IndexRow first) throws IOException;
}
