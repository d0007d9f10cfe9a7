package dev.daybook.server.garbage;

/**
 * An entry log that is not written any more, as it was when its directory was last looked at for space.
 *
 * @param liveBytes what a copy of its live records takes
 */
public record SealedLog(String directory, int logId, long bytes, long liveBytes) {}
