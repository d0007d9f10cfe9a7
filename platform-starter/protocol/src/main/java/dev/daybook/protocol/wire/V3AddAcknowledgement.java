package dev.daybook.protocol.wire;

import dev.daybook.protocol.model.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads the shape that every known encoder gives it, without a table of fields. Source: wire protocol, sections 4.2, 4.3
 * and 4.5.
 */
final class V3AddAcknowledgement extends AddAcknowledgement {
    private static final int NONE = -1;
    private static final int ONE_BYTE_MAX = 0x7f;
    private static final int TWO_BYTE_TAG_MAX = 1 << 14;

    /** Of the frame that is being read. */
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;

    private int position;
    private boolean broken;

    @Override
    public boolean read(ByteBuf buffer, int start, int end) {
        frame = buffer;
        position = start;
        broken = false;
        boolean stored = readHeader(end) && readFields(end);
        frame = Unpooled.EMPTY_BUFFER;
        return stored;
    }

    private boolean readHeader(int end) {
        int headerEnd = enter(V3Layout.HEADER, end);
        long version = number(V3Layout.VERSION, headerEnd);
        if (number(V3Layout.OPERATION, headerEnd) != Operation.ADD.v3Number()) {
            return false;
        }
        txnId = number(V3Layout.TXN_ID, headerEnd);
        return !broken && position == headerEnd && version == FrameHeader.V3_VERSION;
    }

    private boolean readFields(int end) {
        long outer = number(V3Layout.RESPONSE_STATUS, end);
        int fieldsEnd = enter(V3Layout.number(Operation.ADD), end);
        long inner = number(V3Layout.INNER_STATUS, fieldsEnd);
        ledgerId = number(V3Layout.ANSWERED_LEDGER_ID, fieldsEnd);
        entryId = number(V3Layout.ANSWERED_ENTRY_ID, fieldsEnd);
        return !broken
                && position == fieldsEnd
                && fieldsEnd == end
                && outer == Status.OK.v3Code()
                && inner == Status.OK.v3Code();
    }

    /** The end of the message in this field, of at most 127 bytes. */
    private int enter(int field, int limit) {
        if (!tag((field << ProtoReader.WIRE_TYPE_BITS) | ProtoReader.BYTES, limit) || position >= limit) {
            broken = true;
            return NONE;
        }
        int length = frame.getByte(position++);
        if (length < 0 || length > limit - position) {
            broken = true;
            return NONE;
        }
        return position + length;
    }

    private long number(int field, int limit) {
        if (!tag((field << ProtoReader.WIRE_TYPE_BITS) | ProtoReader.VARINT, limit)) {
            broken = true;
            return NONE;
        }
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && position < limit; shift += 7) {
            byte next = frame.getByte(position++);
            value |= (long) (next & ONE_BYTE_MAX) << shift;
            if (next >= 0) {
                return value;
            }
        }
        broken = true;
        return NONE;
    }

    /** Passes over the tag if it is the one that is expected here. */
    private boolean tag(int expected, int limit) {
        if (broken) {
            return false;
        }
        if (expected <= ONE_BYTE_MAX) {
            return position < limit && frame.getByte(position++) == expected;
        }
        if (expected >= TWO_BYTE_TAG_MAX || limit - position < 2) {
            return false;
        }
        int low = frame.getByte(position++) & 0xff;
        int high = frame.getByte(position++);
        return low == ((expected & ONE_BYTE_MAX) | 0x80) && high == (expected >> 7);
    }
}
