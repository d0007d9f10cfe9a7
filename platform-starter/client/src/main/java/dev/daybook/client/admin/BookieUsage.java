package dev.daybook.client.admin;

import dev.daybook.protocol.model.BookieId;
import java.util.List;

/**
 * What one bookie holds at one moment: journals, entry logs, write cache and directories. A bookie that has an HTTP port
 * answers {@code GET} {@link #PATH} with {@link BookieUsageJson#write}, content type {@code application/json}, and
 * publishes an endpoint of protocol {@link dev.daybook.protocol.model.BookieEndpoint#HTTP} with its registration, by
 * which the console finds it.
 *
 * <p>For the side that fills it: taking the value must not block request threads, so counters that are cheap to keep are
 * better than a walk over the disk. A number that the bookie cannot tell is {@link #UNKNOWN}, never zero. Sizes are
 * bytes, times are milliseconds since the epoch.
 *
 * @param version of the bookie's software, for people
 * @param takenAtMillis when these numbers were true
 * @param startedAtMillis when the process became ready
 * @param journals one per journal directory
 * @param ledgers that have at least one entry here
 * @param entries stored here, all ledgers together
 * @param directories every directory the bookie writes to, journal directories included
 * @param garbage how space is won back
 * @param integrity what was found damaged or lost
 */
public record BookieUsage(
        BookieId bookie,
        State state,
        String version,
        long takenAtMillis,
        long startedAtMillis,
        List<Journal> journals,
        EntryLogs entryLogs,
        WriteCache writeCache,
        long ledgers,
        long entries,
        List<Directory> directories,
        Garbage garbage,
        Integrity integrity) {
    /** Where a bookie serves this value. */
    public static final String PATH = "/api/v1/bookie/usage";

    /** In place of a number that the bookie cannot tell. */
    public static final long UNKNOWN = -1;

    /** Entry log files listed one by one at most; {@link EntryLogs} still counts all of them. */
    public static final int LISTED_ENTRY_LOGS_MAX = 1000;

    public BookieUsage {
        journals = List.copyOf(journals);
        directories = List.copyOf(directories);
    }

    /** Whether the bookie takes new entries; the word in JSON is the constant's name. */
    public enum State {
        WRITABLE,
        READ_ONLY
    }

    /**
     * One journal.
     *
     * @param files journal files present
     * @param bytes of all of them
     * @param headFile number in the name of the file being written
     * @param headOffset end of what is synced in that file
     * @param replayBytes from the last checkpoint mark to the head: what a restart after a crash would read
     */
    public record Journal(String directory, int files, long bytes, long headFile, long headOffset, long replayBytes) {}

    /**
     * All entry logs of the bookie.
     *
     * @param count of all files, also of those not listed
     * @param bytes of all files
     * @param files the newest, highest number first, at most {@link #LISTED_ENTRY_LOGS_MAX}
     */
    public record EntryLogs(int count, long bytes, List<EntryLog> files) {
        public EntryLogs {
            files = List.copyOf(files);
        }
    }

    /**
     * One entry log file.
     *
     * @param id number of the entry log
     * @param open true while entries are appended to it
     */
    public record EntryLog(long id, String directory, long bytes, boolean open) {}

    /**
     * Entries acknowledged but not yet in an entry log.
     *
     * @param maxBytes at which a flush begins
     */
    public record WriteCache(long bytes, long maxBytes) {}

    /**
     * One directory and the disk below it.
     *
     * @param totalBytes of the file system
     * @param usedBytes of the file system, by whomever
     * @param freeBytes available to the bookie's user
     * @param warnRatio used share, 0 to 1, at which the bookie warns; negative if it has no such threshold
     * @param fullRatio used share, 0 to 1, at which the directory takes no new entries; negative if it has none
     * @param writable false once the directory is full or failed
     * @param problem one sentence, empty if there is none
     */
    public record Directory(
            String path,
            Kind kind,
            long totalBytes,
            long usedBytes,
            long freeBytes,
            double warnRatio,
            double fullRatio,
            boolean writable,
            String problem) {}

    /**
     * How space is won back, since the start of the bookie.
     *
     * @param lastSuccessMillis when deleted ledgers were last looked for with success
     * @param problem why that failed the last time, one sentence; empty if it did not
     * @param ledgersDeleted because they do not exist any more or belong elsewhere
     * @param directories one per ledger directory
     */
    public record Garbage(
            long lastSuccessMillis, String problem, long ledgersDeleted, List<GarbageDirectory> directories) {
        /** Of a bookie that does not tell. */
        public static final Garbage NOT_TOLD = new Garbage(UNKNOWN, "", UNKNOWN, List.of());

        public Garbage {
            directories = List.copyOf(directories);
        }
    }

    /**
     * How space is won back in one ledger directory.
     *
     * @param bytesReclaimed length of the entry logs that were deleted
     * @param bytesCopied by compaction
     * @param compacting the kind of compaction that runs now, empty if none does
     * @param minor who holds the minor kind
     * @param major who holds the major kind
     * @param damagedLogs entry logs that stay because something in them cannot be read
     * @param problem why the last pass failed, one sentence; empty if it did not
     */
    public record GarbageDirectory(
            String path,
            long bytesReclaimed,
            long bytesCopied,
            String compacting,
            Hold minor,
            Hold major,
            int damagedLogs,
            String problem) {}

    /**
     * What is known to be damaged or lost here. Numbers of a scrub round are those of the last one that came to its end
     * since the start of the bookie.
     *
     * @param scrubbing whether a round runs now
     * @param scrubbedBytes read back by the round that runs now, or by the last one
     * @param scrubbedMillis when a round last came to its end
     * @param damagedPlaces that it found
     * @param unreadableEntries that cannot be read because of them
     * @param unreadableLedgers of which entries cannot be read
     * @param limboLedgers of which entries may have been lost, so that nothing is denied of them
     * @param problem why part of it could not be read, one sentence; empty if all could
     */
    public record Integrity(
            boolean scrubbing,
            long scrubbedBytes,
            long scrubbedMillis,
            long damagedPlaces,
            long unreadableEntries,
            long unreadableLedgers,
            long limboLedgers,
            String problem) {
        /** Of a bookie that does not tell. */
        public static final Integrity NOT_TOLD =
                new Integrity(false, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, "");
    }

    /** Who keeps a kind of compaction from running. */
    public enum Hold {
        NOBODY,
        DISK,
        OPERATOR
    }

    /** What a directory is for; one directory used for several things is listed once per kind. */
    public enum Kind {
        JOURNAL,
        LEDGER,
        INDEX
    }
}
