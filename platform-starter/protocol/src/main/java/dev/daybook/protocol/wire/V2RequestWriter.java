package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;

/** Source: wire protocol, section 5.2. */
final class V2RequestWriter {
    private V2RequestWriter() {}

    static ByteBuf write(ByteBufAllocator allocator, BookieRequest request) {
        if (request instanceof BookieRequest.Read read) {
            return writeRead(allocator, read);
        }
        if (request instanceof BookieRequest.BatchRead read) {
            return writeBatchRead(allocator, read);
        }
        if (request instanceof BookieRequest.Auth auth) {
            AuthMessage message =
                    auth.message().orElseThrow(() -> new IllegalArgumentException("a v2 AUTH packet needs a token"));
            V2Frame frame = new V2Frame(allocator, V2Packet.header(auth.header(), flags(auth.header())), 0);
            AuthCodec.write(frame.target(), message);
            return frame.finish();
        }
        throw new IllegalArgumentException(request.header().operation() + " does not exist in protocol v2");
    }

    static void writeAround(BookieRequest.Add add) {
        if (add.writeFlags() != 0) {
            throw new IllegalArgumentException("an add with write flags does not exist in protocol v2");
        }
        int flags = flags(add.header()) | (add.recovery() ? V2Packet.FLAG_RECOVERY_ADD : 0);
        int header = V2Packet.header(add.header(), flags);
        byte[] masterKey = checked(add.masterKey());
        ByteBuf frame = add.body();
        int start = frame.readerIndex() - V2Packet.HEADER_BYTES - masterKey.length;
        frame.setInt(start, header).setBytes(start + V2Packet.HEADER_BYTES, masterKey);
        frame.readerIndex(start);
    }

    private static ByteBuf writeRead(ByteBufAllocator allocator, BookieRequest.Read read) {
        if (read.longPoll().isPresent()) {
            throw new IllegalArgumentException("a long poll does not exist in protocol v2");
        }
        byte[] masterKey = masterKey(read.header(), read.fence(), read.masterKey());
        V2Frame frame = new V2Frame(allocator, readHeader(read.header(), read.fence()), 0);
        frame.target().writeLong(read.ledgerId()).writeLong(read.entryId()).writeBytes(masterKey);
        return frame.finish();
    }

    private static ByteBuf writeBatchRead(ByteBufAllocator allocator, BookieRequest.BatchRead read) {
        byte[] masterKey = masterKey(read.header(), read.fence(), read.masterKey());
        V2Frame frame = new V2Frame(allocator, readHeader(read.header(), read.fence()), 0);
        frame.target()
                .writeLong(read.ledgerId())
                .writeLong(read.startEntryId())
                .writeLong(read.header().txnId())
                .writeInt(read.maxCount())
                .writeLong(read.maxSizeBytes())
                .writeBytes(masterKey);
        return frame.finish();
    }

    private static int readHeader(FrameHeader header, boolean fence) {
        return V2Packet.header(header, flags(header) | (fence ? V2Packet.FLAG_FENCE : 0));
    }

    private static int flags(FrameHeader header) {
        return header.isHighPriority() ? V2Packet.FLAG_HIGH_PRIORITY : 0;
    }

    private static byte[] masterKey(FrameHeader header, boolean fence, Optional<byte[]> masterKey) {
        if (!fence || header.version() < V2Packet.VERSION_WITH_KEY) {
            return new byte[0];
        }
        return checked(
                masterKey.orElseThrow(() -> new IllegalArgumentException("a fencing read needs the ledger key")));
    }

    private static byte[] checked(byte[] masterKey) {
        if (masterKey.length != V2Packet.MASTER_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a ledger key in protocol v2 has " + V2Packet.MASTER_KEY_BYTES + " bytes, not " + masterKey.length);
        }
        return masterKey;
    }
}
