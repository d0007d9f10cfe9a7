package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieResponse;

/**
 * Waits for the end of one call. Exactly one of the methods is called, once, on the loop that sent the call, and never
 * from within {@link NetworkLoop#send}.
 */
public interface CallHandler {
    /** Takes over the response's buffers. */
    void answered(BookieResponse response);

    void failed(CallFailure failure);
}
