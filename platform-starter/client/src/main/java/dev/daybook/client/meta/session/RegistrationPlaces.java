package dev.daybook.client.meta.session;

import java.util.concurrent.CompletableFuture;

/** The two places at which one bookie may be seen, as a writable and as a read-only one. They end with the session. */
public interface RegistrationPlaces {
    /** Tells whether the place is this session's now, by this call or an earlier one. */
    CompletableFuture<Boolean> take(boolean readOnly, byte[] service);

    /** Leaves the place alone if it is another session's. */
    CompletableFuture<Void> leave(boolean readOnly);

    /** Until the service ends a session of which it hears nothing. */
    long sessionMillis();

    /** What the bookie is told when one of the above failed; it may come wrapped. */
    Throwable failureOf(Throwable failure);
}
