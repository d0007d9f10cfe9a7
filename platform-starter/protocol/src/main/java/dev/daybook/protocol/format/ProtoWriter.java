package dev.daybook.protocol.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a message in the protobuf wire format. Callers write fields in ascending order, as the peer does. */
final class ProtoWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtoWriter number(int field, long value) {
        varint(ProtoReader.varintTag(field));
        varint(value);
        return this;
    }

    ProtoWriter bytes(int field, byte[] value) {
        varint(ProtoReader.delimitedTag(field));
        return delimited(value);
    }

    ProtoWriter string(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoWriter message(int field, ProtoWriter nested) {
        return bytes(field, nested.toBytes());
    }

    /** The length as a varint, then the bytes: how a message stands alone in a record. */
    ProtoWriter delimited(byte[] value) {
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
