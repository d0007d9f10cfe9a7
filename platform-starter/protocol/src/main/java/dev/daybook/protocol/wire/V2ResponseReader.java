package dev.daybook.protocol.wire;

import dev.daybook.protocol.model.Status;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Source: wire protocol, section 5.3. */
final class V2ResponseReader {
    private static final int REQUEST_ID_OFFSET = 24;

    private final ByteBuf packet;
    private final int start;
    private final FrameHeader header;

    private V2ResponseReader(ByteBuf packet, Operation operation) {
        this.packet = packet;
        this.start = packet.readerIndex();
        this.header = new FrameHeader(Generation.V2, operation, V2Packet.version(packet.getInt(start)), 0, 0);
    }

    static BookieResponse read(ByteBuf packet) throws MalformedFrameException {
        Operation operation = V2Packet.operation(packet);
        V2ResponseReader reader = new V2ResponseReader(packet, operation);
        return switch (operation) {
            case ADD -> reader.readAdd();
            case READ -> reader.readRead();
            case BATCH_READ -> reader.readBatchRead();
            case AUTH -> reader.readAuth();
            case RANGE_READ, RANGE_ADD, WRITE_LAC, READ_LAC, BOOKIE_INFO, START_TLS, FORCE, ENTRY_LIST ->
                throw new IllegalStateException(operation + " has no opcode");
        };
    }

    private BookieResponse readAdd() throws MalformedFrameException {
        V2Packet.require(packet, V2Packet.ANSWER_BYTES);
        return new BookieResponse.Add(
                header, status(), longAt(V2Packet.LEDGER_ID_OFFSET), longAt(V2Packet.ENTRY_ID_OFFSET));
    }

    private BookieResponse readRead() throws MalformedFrameException {
        V2Packet.require(packet, V2Packet.ANSWER_BYTES);
        Status status = status();
        int bodyBytes = packet.readableBytes() - V2Packet.ANSWER_BYTES;
        return new BookieResponse.Read(
                header,
                status,
                longAt(V2Packet.LEDGER_ID_OFFSET),
                longAt(V2Packet.ENTRY_ID_OFFSET),
                status == Status.OK
                        ? Optional.of(packet.retainedSlice(start + V2Packet.ANSWER_BYTES, bodyBytes))
                        : Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private BookieResponse readBatchRead() throws MalformedFrameException {
        V2Packet.require(packet, V2Packet.BATCH_ANSWER_BYTES);
        Status status = status();
        return new BookieResponse.BatchRead(
                new FrameHeader(Generation.V2, Operation.BATCH_READ, header.version(), longAt(REQUEST_ID_OFFSET), 0),
                status,
                longAt(V2Packet.LEDGER_ID_OFFSET),
                longAt(V2Packet.ENTRY_ID_OFFSET),
                status == Status.OK ? readEntries() : List.of());
    }

    private List<ByteBuf> readEntries() throws MalformedFrameException {
        // Checked to the end before anything is retained, so that a refusal leaves nothing to release.
        List<Integer> offsets = new ArrayList<>();
        int offset = V2Packet.BATCH_ANSWER_BYTES;
        while (offset < packet.readableBytes()) {
            V2Packet.require(packet, offset + Integer.BYTES);
            int size = packet.getInt(start + offset);
            if (size < 0 || size > packet.readableBytes() - offset - Integer.BYTES) {
                throw new MalformedFrameException("an entry of a batch claims " + size + " bytes");
            }
            offsets.add(offset);
            offset += Integer.BYTES + size;
        }
        List<ByteBuf> entries = new ArrayList<>(offsets.size());
        for (int each : offsets) {
            entries.add(packet.retainedSlice(start + each + Integer.BYTES, packet.getInt(start + each)));
        }
        return List.copyOf(entries);
    }

    private BookieResponse readAuth() throws MalformedFrameException {
        ProtoMessage message =
                ProtoMessage.parse(V3Layout.AUTH, packet, start + V2Packet.HEADER_BYTES, packet.writerIndex());
        return new BookieResponse.Auth(header, Status.OK, Optional.of(AuthCodec.read(message)));
    }

    /** A code that no table has says nothing about the entry, which is what an I/O error means. */
    private Status status() {
        return Status.ofV2Code(packet.getInt(start + V2Packet.STATUS_OFFSET)).orElse(Status.IO_ERROR);
    }

    private long longAt(int offset) {
        return packet.getLong(start + offset);
    }
}
