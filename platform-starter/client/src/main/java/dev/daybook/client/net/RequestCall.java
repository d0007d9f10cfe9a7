package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/** The call of any request, for a handler. */
final class RequestCall extends Call {
    private final CallHandler handler;

    private RequestCall(BookieRequest request, AnswerKey key, ByteBuf frame, Duration timeout, CallHandler handler) {
        super(request.header(), key.first(), key.second(), frame, timeout);
        this.handler = handler;
    }

    /** @param frame taken over */
    static RequestCall of(BookieRequest request, ByteBuf frame, Duration timeout, CallHandler handler) {
        return new RequestCall(request, AnswerKey.of(request), frame, timeout, handler);
    }

    @Override
    void answered(BookieResponse response) {
        handler.answered(response);
    }

    @Override
    void failed(CallFailure failure) {
        handler.failed(failure);
    }
}
