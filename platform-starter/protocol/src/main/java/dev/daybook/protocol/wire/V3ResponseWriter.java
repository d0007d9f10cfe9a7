package dev.daybook.protocol.wire;

import dev.daybook.protocol.model.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.OptionalInt;

/** Source: wire protocol, sections 4.3 and 4.5. */
final class V3ResponseWriter {
    private V3ResponseWriter() {}

    static ByteBuf write(ByteBufAllocator allocator, BookieResponse response) {
        if (response instanceof BookieResponse.BatchRead) {
            throw new IllegalArgumentException("a batch read does not exist in protocol v3");
        }
        OptionalInt status = OptionalInt.of(response.status().v3Code());
        V3Frame frame = new V3Frame(allocator, copiedBytes(response));
        if (hasSubMessage(response)) {
            writeFields(frame, response);
            return frame.finish(response.header(), status);
        }
        return frame.finishWithoutSubMessage(response.header(), status);
    }

    /** The lengths are computed first, so that nothing is written twice. */
    static void appendAdd(ByteBuf target, BookieResponse.Add add) {
        int status = add.status().v3Code();
        int headerBytes = V3Header.bytes(add.header());
        int addBytes = fieldBytes(V3Layout.INNER_STATUS, status)
                + fieldBytes(V3Layout.ANSWERED_LEDGER_ID, add.ledgerId())
                + fieldBytes(V3Layout.ANSWERED_ENTRY_ID, add.entryId());
        int addField = V3Layout.number(add.header().operation());
        target.writeInt(fieldBytes(V3Layout.HEADER, headerBytes)
                + headerBytes
                + fieldBytes(V3Layout.RESPONSE_STATUS, status)
                + fieldBytes(addField, addBytes)
                + addBytes);
        ProtoWriter.writeBytesPrefix(target, V3Layout.HEADER, headerBytes);
        V3Header.write(target, add.header());
        ProtoWriter.writeNumber(target, V3Layout.RESPONSE_STATUS, status);
        ProtoWriter.writeBytesPrefix(target, addField, addBytes);
        ProtoWriter.writeNumber(target, V3Layout.INNER_STATUS, status);
        ProtoWriter.writeNumber(target, V3Layout.ANSWERED_LEDGER_ID, add.ledgerId());
        ProtoWriter.writeNumber(target, V3Layout.ANSWERED_ENTRY_ID, add.entryId());
    }

    /** Bytes of a number's field, or of what comes before the bytes of a message. */
    private static int fieldBytes(int field, long lengthOrValue) {
        return ProtoWriter.varintBytes((long) field << ProtoReader.WIRE_TYPE_BITS)
                + ProtoWriter.varintBytes(lengthOrValue);
    }

    private static boolean hasSubMessage(BookieResponse response) {
        if (response instanceof BookieResponse.Auth auth) {
            return auth.message().isPresent();
        }
        if (response instanceof BookieResponse.StartTls) {
            return response.status() == Status.OK;
        }
        return !(response instanceof BookieResponse.Bare);
    }

    private static int copiedBytes(BookieResponse response) {
        if (response instanceof BookieResponse.Read read) {
            return read.body().map(FrameBuilder::copiedBytes).orElse(0);
        }
        if (response instanceof BookieResponse.ReadLac read) {
            return read.lastEntry().map(FrameBuilder::copiedBytes).orElse(0);
        }
        return 0;
    }

    private static void writeFields(V3Frame frame, BookieResponse response) {
        if (response instanceof BookieResponse.StartTls) {
            return;
        }
        if (response instanceof BookieResponse.Auth auth) {
            frame.auth(auth.message().orElseThrow());
            return;
        }
        frame.number(V3Layout.INNER_STATUS, response.status().v3Code());
        if (response instanceof BookieResponse.Read read) {
            frame.number(V3Layout.ANSWERED_LEDGER_ID, read.ledgerId())
                    .number(V3Layout.ANSWERED_ENTRY_ID, read.entryId())
                    .body(V3Layout.BODY, read.body())
                    .number(V3Layout.MAX_LAC, read.maxLac())
                    .number(V3Layout.LAC_UPDATE, read.lacUpdateMillis());
        } else if (response instanceof BookieResponse.WriteLac write) {
            frame.number(V3Layout.ANSWERED_LEDGER_ID, write.ledgerId());
        } else if (response instanceof BookieResponse.ReadLac read) {
            frame.number(V3Layout.ANSWERED_LEDGER_ID, read.ledgerId())
                    .body(V3Layout.LAC_BODY, read.lacBody())
                    .body(V3Layout.LAST_ENTRY, read.lastEntry());
        } else if (response instanceof BookieResponse.Force force) {
            frame.number(V3Layout.ANSWERED_LEDGER_ID, force.ledgerId());
        } else if (response instanceof BookieResponse.BookieInfo info) {
            frame.number(V3Layout.TOTAL_DISK, info.totalDiskBytes()).number(V3Layout.FREE_DISK, info.freeDiskBytes());
        } else if (response instanceof BookieResponse.EntryList list) {
            frame.number(V3Layout.ANSWERED_LEDGER_ID, list.ledgerId())
                    .bytes(V3Layout.AVAILABILITY, list.availability());
        }
    }
}
