package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Reads the requests of one connection and remembers which generation it speaks: v3 until the first frame that is a v2
 * packet, v2 from then on; only a token decides nothing, because the peer's v2 client may send it ahead of START_TLS, which is
 * always v3. Not thread-safe. Source: wire protocol, section 3.1.
 *
 * <p>A frame that begins like a v3 message must be one. The peer's server tries it as a v2 packet too and may find an
 * opcode in what is the length of a v3 header; such a frame is refused here.
 */
public final class RequestDecoder {
    /** The tag of the header, which every encoder writes first. */
    private static final int V3_FIRST_BYTE = (V3Layout.HEADER << ProtoReader.WIRE_TYPE_BITS) | ProtoReader.BYTES;

    /** Up to here a first byte would be the tag of a field of number 0, which no message has. */
    private static final int NEVER_V3_FIRST_BYTE_MAX = 7;

    private boolean onlyV2;

    /**
     * Bodies in the request are retained slices of the frame that the receiver of the request releases. The frame itself
     * stays the caller's.
     *
     * @throws MalformedFrameException if the connection must be closed
     */
    public BookieRequest decode(ByteBuf frameWithoutLength) throws MalformedFrameException {
        if (!frameWithoutLength.isReadable()) {
            throw new MalformedFrameException("a frame without a message");
        }
        int firstByte = frameWithoutLength.getUnsignedByte(frameWithoutLength.readerIndex());
        if (firstByte == V3_FIRST_BYTE) {
            if (onlyV2) {
                throw new MalformedFrameException("a v3 message on a connection that already spoke v2");
            }
            return V3RequestReader.read(V3RequestReader.parse(frameWithoutLength));
        }
        if (!onlyV2 && firstByte > NEVER_V3_FIRST_BYTE_MAX) {
            Optional<ProtoMessage> unusual = tryV3(frameWithoutLength);
            if (unusual.isPresent()) {
                return V3RequestReader.read(unusual.get());
            }
        }
        BookieRequest request = V2RequestReader.read(frameWithoutLength);
        onlyV2 |= !(request instanceof BookieRequest.Auth);
        return request;
    }

    /** A v3 message of an encoder that does not write the header first, if it is one. */
    private static Optional<ProtoMessage> tryV3(ByteBuf frame) {
        try {
            return Optional.of(V3RequestReader.parse(frame));
        } catch (MalformedFrameException e) {
            return Optional.empty();
        }
    }
}
