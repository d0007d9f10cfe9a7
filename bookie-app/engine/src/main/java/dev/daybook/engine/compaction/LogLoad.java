package dev.daybook.engine.compaction;

/**
 * A sealed entry log.
 *
 * @param bytes length of the file
 * @param liveBytes what a copy of its live records takes
 */
public record LogLoad(int logId, long bytes, long liveBytes) {
    public LogLoad {
        if (bytes < 1 || liveBytes < 0) {
            throw new IllegalArgumentException(
                    "an entry log has bytes, log " + logId + " has " + bytes + ", of which " + liveBytes + " live");
        }
    }

    /** 0 to 1; a log whose entries were written again elsewhere cannot have more live bytes than it is long. */
    public double liveShare() {
        return Math.min(1, (double) liveBytes / bytes);
    }
}
