package dev.daybook.core.read;

/** Performs every effect of a {@link LacReader}. */
public interface LacTraffic {
    /** Answered exactly once per effect. */
    void sendReadLac(SendReadLac effect);

    /** Comes once. */
    void completeLac(CompleteLac effect);
}
