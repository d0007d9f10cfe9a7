package dev.daybook.server.disk;

import java.nio.file.Path;

/** What one look at a directory's disk found. Sizes in bytes; {@code freeBytes} is what this process may use. */
public record DirectoryUsage(Path directory, long totalBytes, long freeBytes, DirectoryState state) {
    public double usedShare() {
        return share(totalBytes, freeBytes);
    }

    /** A disk of unknown size counts as empty: nothing can be concluded from it. */
    static double share(long totalBytes, long freeBytes) {
        return totalBytes <= 0 ? 0 : 1 - (double) freeBytes / totalBytes;
    }
}
