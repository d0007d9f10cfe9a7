package dev.daybook.core.write;

/**
 * Performs the effects of an add window, for writers and for recoveries.
 *
 * @param <P> the payload, opaque to cores
 */
public interface AddTraffic<P> {
    /** Answered by the core's {@code onAddReply}, exactly once per effect. */
    void sendAdd(SendAdd<P> effect);

    /** The driver may free the payload and whatever it built from it, apart from what is still being sent. */
    void releasePayload(ReleasePayload<P> effect);
}
