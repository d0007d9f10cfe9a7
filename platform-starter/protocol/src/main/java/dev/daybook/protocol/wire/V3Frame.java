package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A v3 frame under construction: first the fields of its sub-message, in order, then {@link #finish}. */
final class V3Frame {
    private final FrameBuilder builder;

    V3Frame(ByteBufAllocator allocator, int copiedBytes) {
        this.builder = new FrameBuilder(allocator, copiedBytes);
    }

    V3Frame number(int field, long value) {
        ProtoWriter.writeNumber(builder.target(), field, value);
        return this;
    }

    V3Frame number(int field, OptionalLong value) {
        value.ifPresent(present -> number(field, present));
        return this;
    }

    V3Frame bytes(int field, byte[] value) {
        ProtoWriter.writeBytes(builder.target(), field, value);
        return this;
    }

    V3Frame bytes(int field, Optional<byte[]> value) {
        value.ifPresent(present -> bytes(field, present));
        return this;
    }

    /** Takes over the buffer. */
    V3Frame body(int field, ByteBuf value) {
        ProtoWriter.writeBytesPrefix(builder.target(), field, value.readableBytes());
        builder.append(value);
        return this;
    }

    /** Takes over the buffer. */
    V3Frame body(int field, Optional<ByteBuf> value) {
        value.ifPresent(present -> body(field, present));
        return this;
    }

    V3Frame auth(AuthMessage message) {
        AuthCodec.write(builder.target(), message);
        return this;
    }

    ByteBuf finish(FrameHeader header, OptionalInt statusCode) {
        return finish(header, statusCode, OptionalInt.of(V3Layout.number(header.operation())));
    }

    ByteBuf finishWithoutSubMessage(FrameHeader header, OptionalInt statusCode) {
        return finish(header, statusCode, OptionalInt.empty());
    }

    private ByteBuf finish(FrameHeader header, OptionalInt statusCode, OptionalInt subMessage) {
        int subMessageBytes = builder.bytes();
        int headerBytes = V3Header.bytes(header);
        int headersBytes = prefixedBytes(V3Layout.HEADER, headerBytes)
                + headerBytes
                + (statusCode.isPresent() ? 1 + ProtoWriter.varintBytes(statusCode.getAsInt()) : 0)
                + (subMessage.isPresent() ? prefixedBytes(subMessage.getAsInt(), subMessageBytes) : 0);
        return builder.finish(Integer.BYTES + headersBytes, target -> {
            target.writeInt(headersBytes + subMessageBytes);
            ProtoWriter.writeBytesPrefix(target, V3Layout.HEADER, headerBytes);
            V3Header.write(target, header);
            statusCode.ifPresent(code -> ProtoWriter.writeNumber(target, V3Layout.RESPONSE_STATUS, code));
            subMessage.ifPresent(field -> ProtoWriter.writeBytesPrefix(target, field, subMessageBytes));
        });
    }

    private static int prefixedBytes(int field, int length) {
        return ProtoWriter.varintBytes((long) field << ProtoReader.WIRE_TYPE_BITS) + ProtoWriter.varintBytes(length);
    }
}
