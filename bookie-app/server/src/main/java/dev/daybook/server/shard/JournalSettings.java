package dev.daybook.server.shard;

/**
 * How journals are written.
 *
 * @param fileBytes size of a journal file; all of it is written before it is used
 * @param direct whether groups go around the page cache, where the file system can do that
 * @param replayBytesMax journal bytes without a checkpoint after which one is asked for; bounds how long a start takes
 * @param groupBytesMax journal bytes written with one sync
 */
public record JournalSettings(long fileBytes, boolean direct, long replayBytesMax, int groupBytesMax) {
    public static final JournalSettings DEFAULT = new JournalSettings(64L << 20, true, 256L << 20, 1 << 20);

    public JournalSettings {
        check(fileBytes >= 65536, "fileBytes must be at least 65536, was " + fileBytes);
        check(replayBytesMax >= fileBytes, "replayBytesMax must not be less than fileBytes, was " + replayBytesMax);
        check(groupBytesMax >= 4096, "groupBytesMax must be at least 4096, was " + groupBytesMax);
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    int filesBeforeFlush() {
        return Math.toIntExact(Math.max(1, replayBytesMax / fileBytes));
    }

    /** As many as a checkpoint sets free at once while the bookie is busy. */
    int spareFilesMax() {
        return Math.min(4, filesBeforeFlush());
    }
}
