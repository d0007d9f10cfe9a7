package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;

/** Walks over the protobuf encoded bytes in a part of a buffer without moving the indices of the buffer. */
final class ProtoReader {
    static final int WIRE_TYPE_BITS = 3;
    static final int VARINT = 0;
    static final int FIXED_64 = 1;
    static final int BYTES = 2;
    static final int FIXED_32 = 5;

    private static final int VARINT_BITS_MAX = 64;

    private final ByteBuf buffer;
    private final int end;
    private int position;

    ProtoReader(ByteBuf buffer, int start, int end) {
        this.buffer = buffer;
        this.position = start;
        this.end = end;
    }

    boolean hasMore() {
        return position < end;
    }

    int position() {
        return position;
    }

    long readVarint() throws MalformedFrameException {
        long value = 0;
        for (int shift = 0; shift < VARINT_BITS_MAX; shift += 7) {
            if (position == end) {
                throw new MalformedFrameException("the message ends within a number");
            }
            byte next = buffer.getByte(position++);
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedFrameException("a number in the message is longer than ten bytes");
    }

    int readTag() throws MalformedFrameException {
        int tag = (int) readVarint();
        if (tag >>> WIRE_TYPE_BITS == 0) {
            throw new MalformedFrameException("the message has a field of number 0");
        }
        return tag;
    }

    /** The length of the bytes that begin at the new position. */
    int readLength() throws MalformedFrameException {
        int length = (int) readVarint();
        require(length);
        return length;
    }

    void advance(int bytes) {
        position += bytes;
    }

    /** Passes over the value of a field that the schema does not know. Groups are not part of the protocol. */
    void skip(int tag) throws MalformedFrameException {
        int wireType = tag & ((1 << WIRE_TYPE_BITS) - 1);
        switch (wireType) {
            case VARINT -> readVarint();
            case FIXED_64 -> skipBytes(Long.BYTES);
            case BYTES -> advance(readLength());
            case FIXED_32 -> skipBytes(Integer.BYTES);
            default -> throw new MalformedFrameException("the message has a field of the wire type " + wireType);
        }
    }

    private void skipBytes(int bytes) throws MalformedFrameException {
        require(bytes);
        advance(bytes);
    }

    private void require(int bytes) throws MalformedFrameException {
        if (bytes < 0 || bytes > end - position) {
            throw new MalformedFrameException("the message ends within a field");
        }
    }
}
