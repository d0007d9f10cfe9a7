package dev.daybook.server.disk;

/** How full a directory's disk is. */
public enum DirectoryState {
    OK,
    ALMOST_FULL,
    FULL;

    /** A full directory stays full until it is below the resume share, not just below the full one. */
    DirectoryState next(double usedShare, DiskThresholds thresholds) {
        if (usedShare >= thresholds.full() || (this == FULL && usedShare >= thresholds.resume())) {
            return FULL;
        }
        return usedShare >= thresholds.warn() ? ALMOST_FULL : OK;
    }
}
