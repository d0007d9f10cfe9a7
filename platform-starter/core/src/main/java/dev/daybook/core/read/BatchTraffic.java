package dev.daybook.core.read;

/** Performs every effect of a {@link BatchReader}. */
public interface BatchTraffic<P> {
    /** Answered exactly once per effect, at the latest when the driver's deadline passes. */
    void sendBatchRead(SendBatchRead effect);

    /** An entry that nobody wants; the driver may free its payload. */
    void discardFromBatch(DiscardFromBatch<P> effect);

    /** Comes once. */
    void completeBatch(CompleteBatch<P> effect);
}
