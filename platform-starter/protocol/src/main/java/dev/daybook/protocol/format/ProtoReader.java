package dev.daybook.protocol.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over a message in the protobuf wire format. The caller switches over {@link #tag()} and skips what it does not
 * know, so that newer writers stay readable. Every overrun ends in {@link MalformedMetadataException}.
 */
final class ProtoReader {
    private static final int TYPE_BITS = 3;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int GROUP_START = 3;
    private static final int GROUP_END = 4;
    private static final int FIXED32 = 5;
    /** Deeper nesting than any message here has; bounds the recursion that hostile bytes could cause. */
    private static final int GROUP_DEPTH_MAX = 32;

    private final byte[] bytes;
    private final int limit;
    private int position;

    ProtoReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ProtoReader(byte[] bytes, int position, int limit) {
        this.bytes = bytes;
        this.position = position;
        this.limit = limit;
    }

    /** The tag of a field whose value is a varint. */
    static int varintTag(int field) {
        return field << TYPE_BITS;
    }

    /** The tag of a field whose value is a string, bytes or a message. */
    static int delimitedTag(int field) {
        return (field << TYPE_BITS) | LENGTH_DELIMITED;
    }

    boolean hasMore() {
        return position < limit;
    }

    /** Field number and wire type of the next field, as {@link #varintTag} and {@link #delimitedTag} make them. */
    int tag() {
        int tag = (int) varint();
        if (tag >>> TYPE_BITS == 0) {
            throw malformed("a field has the number 0");
        }
        return tag;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position >= limit) {
                throw malformed("it ends within a number");
            }
            byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number is longer than ten bytes");
    }

    byte[] bytes() {
        int length = length();
        int from = position;
        position += length;
        return Arrays.copyOfRange(bytes, from, position);
    }

    String string() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** A reader over the nested message; this reader continues behind it. */
    ProtoReader message() {
        int length = length();
        int from = position;
        position += length;
        return new ProtoReader(bytes, from, position);
    }

    void skip(int tag) {
        skip(tag, 0);
    }

    private void skip(int tag, int depth) {
        switch (tag & ((1 << TYPE_BITS) - 1)) {
            case VARINT -> varint();
            case FIXED64 -> advance(Long.BYTES);
            case LENGTH_DELIMITED -> advance(length());
            case GROUP_START -> skipGroup(tag >>> TYPE_BITS, depth + 1);
            case FIXED32 -> advance(Integer.BYTES);
            default -> throw malformed("field " + (tag >>> TYPE_BITS) + " has an unknown wire type");
        }
    }

    private void skipGroup(int field, int depth) {
        if (depth > GROUP_DEPTH_MAX) {
            throw malformed("its groups nest too deeply");
        }
        int end = (field << TYPE_BITS) | GROUP_END;
        for (int tag = tag(); tag != end; tag = tag()) {
            skip(tag, depth);
        }
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > limit - position) {
            throw malformed("a field claims " + length + " bytes but only " + (limit - position) + " are left");
        }
        return (int) length;
    }

    private void advance(int count) {
        if (count > limit - position) {
            throw malformed("it ends within a field");
        }
        position += count;
    }

    private static MalformedMetadataException malformed(String why) {
        return new MalformedMetadataException("The bytes are not a protobuf message, because " + why + ".");
    }
}
