package dev.daybook.core.write;

import dev.daybook.core.metadata.MetadataRequests;

/** Performs every effect of a {@link LedgerWriter}. */
public interface WriterTraffic<P> extends AddTraffic<P>, MetadataRequests {
    /** Tells the application how its append ended. Calls come in entry order. */
    void completeAdd(CompleteAdd effect);

    /** Answered by {@link LedgerWriter#onForceReply}, exactly once per effect. */
    void sendForce(SendForce effect);

    void completeForce(CompleteForce effect);

    /** Answered by {@link LedgerWriter#onRetryDue}. */
    void retryLater(RetryLater effect);

    /** The handle is finished; comes at most once, also when a failure and not the application closed it. */
    void completeClose(CompleteClose effect);
}
