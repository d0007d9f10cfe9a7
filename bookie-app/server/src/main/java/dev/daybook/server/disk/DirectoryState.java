package dev.daybook.server.disk;

/** How full a directory's disk is. */
public enum DirectoryState {
    OK,
    ALMOST_FULL,
    FULL;

    /**
     * A full directory stays full until it is well below what made it so.
     *
     * @param reserveBytes below which a directory is full, whatever share of it that is
     */
    DirectoryState next(double usedShare, long freeBytes, DiskThresholds thresholds, long reserveBytes) {
        if (usedShare >= thresholds.full() || freeBytes < reserveBytes) {
            return FULL;
        }
        if (this == FULL && (usedShare >= thresholds.resume() || freeBytes < reserveBytes + reserveBytes / 4)) {
            return FULL;
        }
        return usedShare >= thresholds.warn() ? ALMOST_FULL : OK;
    }
}
