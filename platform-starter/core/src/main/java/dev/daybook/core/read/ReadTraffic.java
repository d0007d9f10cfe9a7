package dev.daybook.core.read;

/** Performs requests for entries, for readers and for recoveries. */
public interface ReadTraffic<P> {
    /** Answered exactly once per effect, at the latest when the driver's deadline passes. */
    void sendRead(SendRead effect);

    /** An answer that came too late to matter; the driver may free its payload. */
    void discardEntry(DiscardEntry<P> effect);
}
