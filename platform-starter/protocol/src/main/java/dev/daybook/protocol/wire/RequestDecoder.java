package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;

/** Reads the requests of one connection and remembers which generation it speaks. Not thread-safe. */
public final class RequestDecoder {
    /**
     * Bodies in the request are retained slices of the frame that the receiver of the request releases. The frame itself
     * stays the caller's.
     *
     * @throws MalformedFrameException if the connection must be closed
     */
    @SuppressWarnings("DoNotCallSuggester") // the codec itself follows
    public BookieRequest decode(ByteBuf frameWithoutLength) throws MalformedFrameException {
        throw new UnsupportedOperationException();
    }
}
