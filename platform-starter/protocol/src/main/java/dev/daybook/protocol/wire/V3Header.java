package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;

/** The header of v3 messages. Source: wire protocol, section 4.2. */
final class V3Header {
    private static final int ONE_BYTE_FIELDS = 4;

    private V3Header() {}

    static FrameHeader read(ProtoMessage envelope) {
        ProtoMessage header = envelope.message(V3Layout.HEADER).orElseThrow();
        return new FrameHeader(
                Generation.V3,
                Operation.ofV3Number((int) header.number(V3Layout.OPERATION)).orElseThrow(),
                (int) header.number(V3Layout.VERSION),
                header.number(V3Layout.TXN_ID),
                (int) header.number(V3Layout.PRIORITY));
    }

    static int bytes(FrameHeader header) {
        int priorityBytes = header.priority() == 0 ? 0 : 1 + ProtoWriter.varintBytes(priority(header));
        return ONE_BYTE_FIELDS + 1 + ProtoWriter.varintBytes(header.txnId()) + priorityBytes;
    }

    static void write(ByteBuf target, FrameHeader header) {
        ProtoWriter.writeNumber(target, V3Layout.VERSION, header.version());
        ProtoWriter.writeNumber(target, V3Layout.OPERATION, header.operation().v3Number());
        ProtoWriter.writeNumber(target, V3Layout.TXN_ID, header.txnId());
        if (header.priority() != 0) {
            ProtoWriter.writeNumber(target, V3Layout.PRIORITY, priority(header));
        }
    }

    /** In front of what is readable. */
    static void prepend(ByteBuf target, FrameHeader header) {
        if (header.priority() != 0) {
            ProtoWriter.prependNumber(target, V3Layout.PRIORITY, priority(header));
        }
        ProtoWriter.prependNumber(target, V3Layout.TXN_ID, header.txnId());
        ProtoWriter.prependNumber(target, V3Layout.OPERATION, header.operation().v3Number());
        ProtoWriter.prependNumber(target, V3Layout.VERSION, header.version());
    }

    private static long priority(FrameHeader header) {
        return Integer.toUnsignedLong(header.priority());
    }
}
