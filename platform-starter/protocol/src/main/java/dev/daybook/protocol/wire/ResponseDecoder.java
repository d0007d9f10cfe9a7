package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;

/** Reads the answers of a bookie on a connection of one generation. */
public final class ResponseDecoder {
    private final Generation generation;

    public ResponseDecoder(Generation generation) {
        this.generation = generation;
    }

    /**
     * Bodies in the answer are retained slices of the frame that the receiver of the answer releases. The frame itself
     * stays the caller's.
     *
     * @throws MalformedFrameException if the connection must be closed
     */
    @SuppressWarnings("DoNotCallSuggester") // the codec itself follows
    public BookieResponse decode(ByteBuf frameWithoutLength) throws MalformedFrameException {
        throw new UnsupportedOperationException(generation.name());
    }
}
