package dev.daybook.core.health;

/** What is held against one bookie. Times are of the caller's clock. */
final class Patient {
    boolean failed;
    long failedNanos;
    boolean slow;
    long slowNanos;
    int failuresInRow;
    int answersInRow;
    /** While {@link #quarantined}. */
    long releaseNanos;

    boolean quarantined;
    /** How long the next quarantine will be; 0 before the first. */
    long nextQuarantineNanos;
    /** Smoothed; 0 if none was measured. */
    long latencyNanos;

    long measuredNanos;
}
