package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;

/** Writes the pieces that protobuf messages consist of. */
final class ProtoWriter {
    private ProtoWriter() {}

    static void writeNumber(ByteBuf target, int field, long value) {
        writeVarint(target, (field << ProtoReader.WIRE_TYPE_BITS) | ProtoReader.VARINT);
        writeVarint(target, value);
    }

    /** What comes before the bytes of a bytes, string or message field. */
    static void writeBytesPrefix(ByteBuf target, int field, int length) {
        writeVarint(target, (field << ProtoReader.WIRE_TYPE_BITS) | ProtoReader.BYTES);
        writeVarint(target, length);
    }

    static void writeBytes(ByteBuf target, int field, byte[] bytes) {
        writeBytesPrefix(target, field, bytes.length);
        target.writeBytes(bytes);
    }

    /** As {@link #writeNumber}, in front of what is readable; so are the others that follow. */
    static void prependNumber(ByteBuf target, int field, long value) {
        prependVarint(target, value);
        prependVarint(target, (field << ProtoReader.WIRE_TYPE_BITS) | ProtoReader.VARINT);
    }

    static void prependBytesPrefix(ByteBuf target, int field, int length) {
        prependVarint(target, length);
        prependVarint(target, (field << ProtoReader.WIRE_TYPE_BITS) | ProtoReader.BYTES);
    }

    static void prependBytes(ByteBuf target, int field, byte[] bytes) {
        int start = target.readerIndex() - bytes.length;
        target.setBytes(start, bytes).readerIndex(start);
        prependBytesPrefix(target, field, bytes.length);
    }

    private static void prependVarint(ByteBuf target, long value) {
        int start = target.readerIndex() - varintBytes(value);
        int index = start;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target.setByte(index++, ((int) rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        target.setByte(index, (int) rest);
        target.readerIndex(start);
    }

    static void writeVarint(ByteBuf target, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target.writeByte(((int) rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        target.writeByte((int) rest);
    }

    static int varintBytes(long value) {
        int significantBits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        return (significantBits + 6) / 7;
    }
}
