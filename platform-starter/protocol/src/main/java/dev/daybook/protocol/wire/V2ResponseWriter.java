package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Source: wire protocol, section 5.3. */
final class V2ResponseWriter {
    private V2ResponseWriter() {}

    static ByteBuf write(ByteBufAllocator allocator, BookieResponse response) {
        if (response instanceof BookieResponse.Read read) {
            int copiedBytes = read.body().map(FrameBuilder::copiedBytes).orElse(0);
            V2Frame frame = answer(allocator, read, read.ledgerId(), read.entryId(), copiedBytes);
            read.body().ifPresent(frame::append);
            return frame.finish();
        }
        if (response instanceof BookieResponse.BatchRead read) {
            return writeBatchRead(allocator, read);
        }
        if (response instanceof BookieResponse.Auth auth) {
            AuthMessage message = auth.message()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "protocol v2 refuses a token by closing the connection, not by an answer"));
            V2Frame frame = new V2Frame(allocator, V2Packet.header(auth.header(), 0), 0);
            AuthCodec.write(frame.target(), message);
            return frame.finish();
        }
        throw new IllegalArgumentException(
                "an answer of type " + response.getClass().getSimpleName() + " does not exist in protocol v2");
    }

    static void appendAdd(ByteBuf target, BookieResponse.Add add) {
        target.writeInt(V2Packet.HEADER_BYTES + Integer.BYTES + 2 * Long.BYTES)
                .writeInt(V2Packet.header(add.header(), 0))
                .writeInt(add.status().v2Code())
                .writeLong(add.ledgerId())
                .writeLong(add.entryId());
    }

    private static ByteBuf writeBatchRead(ByteBufAllocator allocator, BookieResponse.BatchRead read) {
        int copiedBytes = 0;
        for (ByteBuf entry : read.entries()) {
            copiedBytes += Integer.BYTES + FrameBuilder.copiedBytes(entry);
        }
        V2Frame frame = answer(allocator, read, read.ledgerId(), read.startEntryId(), copiedBytes);
        frame.target().writeLong(read.header().txnId());
        for (ByteBuf entry : read.entries()) {
            frame.target().writeInt(entry.readableBytes());
            frame.append(entry);
        }
        return frame.finish();
    }

    private static V2Frame answer(
            ByteBufAllocator allocator, BookieResponse response, long ledgerId, long entryId, int copiedBytes) {
        V2Frame frame = new V2Frame(allocator, V2Packet.header(response.header(), 0), copiedBytes);
        frame.target().writeInt(response.status().v2Code()).writeLong(ledgerId).writeLong(entryId);
        return frame;
    }
}
