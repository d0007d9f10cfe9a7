package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;

/**
 * Reads the answers of a bookie on a connection of one generation. Immutable. A v2 connection that begins with START_TLS
 * uses a decoder of v3 until that answer has come (wire protocol, section 3.2).
 */
public final class ResponseDecoder {
    private final Generation generation;

    public ResponseDecoder(Generation generation) {
        this.generation = generation;
    }

    /**
     * Bodies in the answer are retained slices of the frame that the receiver of the answer releases. The frame itself
     * stays the caller's. The status is the one to act on: the outer one, or the inner one when the outer is a success. A
     * v3 answer without the values of its operation is a {@link BookieResponse.Bare}, which is never a success.
     *
     * @throws MalformedFrameException if the connection must be closed
     */
    public BookieResponse decode(ByteBuf frameWithoutLength) throws MalformedFrameException {
        return switch (generation) {
            case V2 -> V2ResponseReader.read(frameWithoutLength);
            case V3 -> V3ResponseReader.read(frameWithoutLength);
        };
    }
}
