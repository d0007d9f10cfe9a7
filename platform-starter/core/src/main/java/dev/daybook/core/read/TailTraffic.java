package dev.daybook.core.read;

/** Performs every effect of a {@link TailReader}. */
public interface TailTraffic<P> {
    /** Answered exactly once per effect; the wait on the bookie must end before the driver's request deadline. */
    void sendLongPoll(SendLongPoll effect);

    /** An entry that came too late to matter. */
    void discardPolled(DiscardPolled<P> effect);

    /** Comes once. */
    void completeTail(CompleteTail<P> effect);
}
