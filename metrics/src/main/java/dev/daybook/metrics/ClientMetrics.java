package dev.daybook.metrics;

/**
 * What the ledger client reports while it works. Called on hot paths from any thread: implementations neither block nor
 * allocate. Durations are nanoseconds, sizes are payload bytes.
 */
public interface ClientMetrics {
    /** Records nothing. */
    ClientMetrics NONE = new NoClientMetrics();

    /** An append ended; {@code nanos} runs from the call of the application to the completion of its stage. */
    void addCompleted(CallOutcome outcome, long nanos, long bytes);

    /** The read of one entry ended; {@code bytes} is 0 unless the outcome is {@link CallOutcome#OK}. */
    void readCompleted(CallOutcome outcome, long nanos, long bytes);

    /** The payload bytes that were submitted and are not acknowledged changed by this much. */
    void pendingBytesChanged(long delta);

    /** The ensemble of a ledger was replaced in the metadata store. */
    void ensembleChanged();

    /** A request to a bookie failed. */
    void bookieFailed(BookieFailure reason);

    /** A second replica was asked because the first was slow. */
    void speculativeReadSent();

    /** A read ended with the answer of a replica that was asked because others were slow. */
    void speculativeReadWon();

    /** The number of bookies that the client avoids because they failed changed by this much. */
    void quarantineChanged(int delta);

    /** A bad copy was marked for repair in the metadata store. */
    void repairHintSent();
}
