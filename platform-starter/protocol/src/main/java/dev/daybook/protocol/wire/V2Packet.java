package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;

/** Layout of v2 packets: their first int, and sizes. Source: wire protocol, sections 5.1 to 5.3. */
final class V2Packet {
    static final int FLAG_FENCE = 0x0001;
    static final int FLAG_RECOVERY_ADD = 0x0002;
    static final int FLAG_HIGH_PRIORITY = 0x0004;

    static final int HEADER_BYTES = Integer.BYTES;
    static final int MASTER_KEY_BYTES = 20;
    static final int ADD_BYTES_MIN = 40;
    static final int READ_BYTES = 20;
    static final int BATCH_READ_BYTES = 40;
    static final int ANSWER_BYTES = 24;
    static final int BATCH_ANSWER_BYTES = 32;

    static final int STATUS_OFFSET = 4;
    static final int LEDGER_ID_OFFSET = 8;
    static final int ENTRY_ID_OFFSET = 16;

    /** The first version whose fencing reads carry a key. */
    static final int VERSION_WITH_KEY = 2;

    private static final int VERSION_SHIFT = 24;
    private static final int OPCODE_SHIFT = 16;
    private static final int BYTE_MASK = 0xff;
    private static final int FLAGS_MASK = 0xffff;

    private V2Packet() {}

    /** Negative for a version byte from 128 on. */
    static int version(int header) {
        return header >> VERSION_SHIFT;
    }

    /** The oldest version keeps the opcode in the lowest byte. */
    static int opcode(int header) {
        return version(header) == 0 ? header & BYTE_MASK : (header >> OPCODE_SHIFT) & BYTE_MASK;
    }

    static int flags(int header) {
        return version(header) == 0 ? 0 : header & FLAGS_MASK;
    }

    static int header(FrameHeader header, int flags) {
        int opcode = header.operation().v2Opcode();
        if (opcode == Operation.NOT_IN_V2) {
            throw new IllegalArgumentException(header.operation() + " does not exist in protocol v2");
        }
        if (header.version() == 0) {
            if (flags != 0) {
                throw new IllegalArgumentException("a packet of version 0 has no room for flags");
            }
            return opcode;
        }
        return (header.version() << VERSION_SHIFT) | (opcode << OPCODE_SHIFT) | flags;
    }

    /** @throws MalformedFrameException if the packet is too short or no server or client knows its opcode */
    static Operation operation(ByteBuf packet) throws MalformedFrameException {
        require(packet, HEADER_BYTES);
        int opcode = opcode(packet.getInt(packet.readerIndex()));
        return Operation.ofV2Opcode(opcode)
                .orElseThrow(() -> new MalformedFrameException("a v2 packet with the unknown opcode " + opcode));
    }

    static void require(ByteBuf packet, int bytes) throws MalformedFrameException {
        if (packet.readableBytes() < bytes) {
            throw new MalformedFrameException(
                    "a v2 packet of " + packet.readableBytes() + " bytes instead of at least " + bytes);
        }
    }
}
