package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Optional;

/** Source: wire protocol, section 5.2. */
final class V2RequestReader {
    private final ByteBuf packet;
    private final int start;
    private final int flags;
    private final FrameHeader header;

    private V2RequestReader(ByteBuf packet, Operation operation) {
        this.packet = packet;
        this.start = packet.readerIndex();
        int first = packet.getInt(start);
        this.flags = V2Packet.flags(first);
        int priority = (flags & V2Packet.FLAG_HIGH_PRIORITY) != 0 ? 1 : 0;
        this.header = new FrameHeader(Generation.V2, operation, V2Packet.version(first), 0, priority);
    }

    static BookieRequest read(ByteBuf packet) throws MalformedFrameException {
        Operation operation = V2Packet.operation(packet);
        V2RequestReader reader = new V2RequestReader(packet, operation);
        return switch (operation) {
            case ADD -> reader.readAdd();
            case READ -> reader.readRead();
            case BATCH_READ -> reader.readBatchRead();
            case AUTH -> reader.readAuth();
            case RANGE_READ, RANGE_ADD, WRITE_LAC, READ_LAC, BOOKIE_INFO, START_TLS, FORCE, ENTRY_LIST ->
                throw new IllegalStateException(operation + " has no opcode");
        };
    }

    private BookieRequest readAdd() throws MalformedFrameException {
        V2Packet.require(packet, V2Packet.ADD_BYTES_MIN);
        int bodyOffset = V2Packet.HEADER_BYTES + V2Packet.MASTER_KEY_BYTES;
        return new BookieRequest.Add(
                header,
                longAt(bodyOffset),
                longAt(bodyOffset + Long.BYTES),
                ByteBufUtil.getBytes(packet, start + V2Packet.HEADER_BYTES, V2Packet.MASTER_KEY_BYTES),
                packet.retainedSlice(start + bodyOffset, packet.readableBytes() - bodyOffset),
                (flags & V2Packet.FLAG_RECOVERY_ADD) != 0,
                0);
    }

    private BookieRequest readRead() throws MalformedFrameException {
        V2Packet.require(packet, V2Packet.READ_BYTES);
        return new BookieRequest.Read(
                header, longAt(4), longAt(12), isFencing(), masterKeyAt(V2Packet.READ_BYTES), Optional.empty());
    }

    private BookieRequest readBatchRead() throws MalformedFrameException {
        V2Packet.require(packet, V2Packet.BATCH_READ_BYTES);
        long requestId = longAt(20);
        return new BookieRequest.BatchRead(
                new FrameHeader(Generation.V2, Operation.BATCH_READ, header.version(), requestId, header.priority()),
                longAt(4),
                longAt(12),
                packet.getInt(start + 28),
                longAt(32),
                isFencing(),
                masterKeyAt(V2Packet.BATCH_READ_BYTES));
    }

    private BookieRequest readAuth() throws MalformedFrameException {
        ProtoMessage message =
                ProtoMessage.parse(V3Layout.AUTH, packet, start + V2Packet.HEADER_BYTES, packet.writerIndex());
        return new BookieRequest.Auth(header, Optional.of(AuthCodec.read(message)));
    }

    private boolean isFencing() {
        return (flags & V2Packet.FLAG_FENCE) != 0;
    }

    private Optional<byte[]> masterKeyAt(int offset) throws MalformedFrameException {
        if (!isFencing() || header.version() < V2Packet.VERSION_WITH_KEY) {
            return Optional.empty();
        }
        V2Packet.require(packet, offset + V2Packet.MASTER_KEY_BYTES);
        return Optional.of(ByteBufUtil.getBytes(packet, start + offset, V2Packet.MASTER_KEY_BYTES));
    }

    private long longAt(int offset) {
        return packet.getLong(start + offset);
    }
}
