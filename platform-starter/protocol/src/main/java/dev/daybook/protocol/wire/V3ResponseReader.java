package dev.daybook.protocol.wire;

import dev.daybook.protocol.model.Status;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Source: wire protocol, sections 4.3 and 4.5. */
final class V3ResponseReader {
    private V3ResponseReader() {}

    static BookieResponse read(ByteBuf frame) throws MalformedFrameException {
        ProtoMessage response = ProtoMessage.parse(V3Layout.RESPONSE, frame, frame.readerIndex(), frame.writerIndex());
        FrameHeader header = V3Header.read(response);
        Status outer = status(response, V3Layout.RESPONSE_STATUS);
        return switch (header.operation()) {
            case AUTH ->
                new BookieResponse.Auth(
                        header,
                        outer,
                        response.message(V3Layout.number(Operation.AUTH)).map(AuthCodec::read));
            case START_TLS -> new BookieResponse.StartTls(header, outer);
            case RANGE_READ, RANGE_ADD, BATCH_READ -> bare(header, outer);
            case READ, ADD, WRITE_LAC, READ_LAC, BOOKIE_INFO, FORCE, ENTRY_LIST -> {
                Optional<ProtoMessage> fields = response.message(V3Layout.number(header.operation()));
                yield fields.isEmpty() ? bare(header, outer) : readFields(header, outer, fields.get());
            }
        };
    }

    /** A success without the values that make it one is not believed. */
    private static BookieResponse bare(FrameHeader header, Status status) throws MalformedFrameException {
        if (status == Status.OK) {
            throw new MalformedFrameException("the answer to " + header.operation() + " is a success without values");
        }
        return new BookieResponse.Bare(header, status);
    }

    private static BookieResponse readFields(FrameHeader header, Status outer, ProtoMessage fields) {
        Status status = outer == Status.OK ? status(fields, V3Layout.INNER_STATUS) : outer;
        return switch (header.operation()) {
            case ADD ->
                new BookieResponse.Add(header, status, ledgerId(fields), fields.number(V3Layout.ANSWERED_ENTRY_ID));
            case READ ->
                new BookieResponse.Read(
                        header,
                        status,
                        ledgerId(fields),
                        fields.number(V3Layout.ANSWERED_ENTRY_ID),
                        status == Status.OK ? fields.optionalRetainedSlice(V3Layout.BODY) : Optional.empty(),
                        fields.optionalNumber(V3Layout.MAX_LAC),
                        fields.optionalNumber(V3Layout.LAC_UPDATE));
            case WRITE_LAC -> new BookieResponse.WriteLac(header, status, ledgerId(fields));
            case READ_LAC ->
                new BookieResponse.ReadLac(
                        header,
                        status,
                        ledgerId(fields),
                        fields.optionalRetainedSlice(V3Layout.LAC_BODY),
                        fields.optionalRetainedSlice(V3Layout.LAST_ENTRY));
            case FORCE -> new BookieResponse.Force(header, status, ledgerId(fields));
            case BOOKIE_INFO ->
                new BookieResponse.BookieInfo(
                        header,
                        status,
                        fields.optionalNumber(V3Layout.TOTAL_DISK),
                        fields.optionalNumber(V3Layout.FREE_DISK));
            case ENTRY_LIST ->
                new BookieResponse.EntryList(
                        header,
                        status,
                        ledgerId(fields),
                        status == Status.OK ? fields.optionalBytes(V3Layout.AVAILABILITY) : Optional.empty());
            case AUTH, START_TLS, RANGE_READ, RANGE_ADD, BATCH_READ ->
                throw new IllegalArgumentException(header.operation() + " has no fields to read");
        };
    }

    private static long ledgerId(ProtoMessage fields) {
        return fields.number(V3Layout.ANSWERED_LEDGER_ID);
    }

    private static Status status(ProtoMessage message, int field) {
        // The schema lets only known codes through.
        return Status.ofV3Code((int) message.number(field)).orElseThrow();
    }
}
