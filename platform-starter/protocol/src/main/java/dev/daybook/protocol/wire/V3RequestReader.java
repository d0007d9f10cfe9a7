package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes requests of parsed v3 messages. Source: wire protocol, sections 4.4 and 13. */
final class V3RequestReader {
    private V3RequestReader() {}

    /** @throws MalformedFrameException if the frame is no v3 message at all */
    static ProtoMessage parse(ByteBuf frame) throws MalformedFrameException {
        return ProtoMessage.parse(V3Layout.REQUEST, frame, frame.readerIndex(), frame.writerIndex());
    }

    /** @throws MalformedFrameException if the parameters of the operation are missing */
    static BookieRequest read(ProtoMessage request) throws MalformedFrameException {
        FrameHeader header = V3Header.read(request);
        return switch (header.operation()) {
            case ADD -> readAdd(header, parameters(request, header));
            case READ -> readRead(header, parameters(request, header));
            case WRITE_LAC -> readWriteLac(header, parameters(request, header));
            case READ_LAC -> new BookieRequest.ReadLac(header, ledgerId(parameters(request, header)));
            case FORCE -> new BookieRequest.Force(header, ledgerId(parameters(request, header)));
            case ENTRY_LIST -> new BookieRequest.EntryList(header, ledgerId(parameters(request, header)));
            case BOOKIE_INFO ->
                new BookieRequest.BookieInfo(
                        header,
                        subMessage(request, header)
                                .map(info -> info.number(V3Layout.REQUESTED))
                                .orElse(0L));
            case AUTH ->
                new BookieRequest.Auth(header, subMessage(request, header).map(AuthCodec::read));
            case START_TLS ->
                new BookieRequest.StartTls(header, subMessage(request, header).isPresent());
            case RANGE_READ, RANGE_ADD, BATCH_READ -> new BookieRequest.Unsupported(header);
        };
    }

    private static BookieRequest readAdd(FrameHeader header, ProtoMessage add) {
        return new BookieRequest.Add(
                header,
                ledgerId(add),
                add.number(V3Layout.ENTRY_ID),
                add.bytes(V3Layout.MASTER_KEY),
                add.retainedSlice(V3Layout.BODY),
                add.number(V3Layout.FLAG) == V3Layout.FLAG_RECOVERY_ADD,
                (int) add.number(V3Layout.WRITE_FLAGS));
    }

    private static BookieRequest readRead(FrameHeader header, ProtoMessage read) {
        boolean fence = read.number(V3Layout.FLAG) == V3Layout.FLAG_FENCE;
        return new BookieRequest.Read(
                header,
                ledgerId(read),
                read.number(V3Layout.ENTRY_ID),
                fence,
                read.optionalBytes(V3Layout.MASTER_KEY),
                fence ? Optional.empty() : longPoll(read));
    }

    private static Optional<BookieRequest.LongPoll> longPoll(ProtoMessage read) {
        OptionalLong previousLac = read.optionalNumber(V3Layout.PREVIOUS_LAC);
        if (previousLac.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BookieRequest.LongPoll(
                previousLac.getAsLong(),
                read.optionalNumber(V3Layout.TIMEOUT),
                read.number(V3Layout.FLAG) == V3Layout.FLAG_PIGGYBACK));
    }

    private static BookieRequest readWriteLac(FrameHeader header, ProtoMessage write) {
        return new BookieRequest.WriteLac(
                header,
                ledgerId(write),
                write.number(V3Layout.LAC),
                write.bytes(V3Layout.MASTER_KEY),
                write.retainedSlice(V3Layout.BODY));
    }

    private static long ledgerId(ProtoMessage parameters) {
        return parameters.number(V3Layout.LEDGER_ID);
    }

    private static Optional<ProtoMessage> subMessage(ProtoMessage request, FrameHeader header) {
        return request.message(V3Layout.number(header.operation()));
    }

    private static ProtoMessage parameters(ProtoMessage request, FrameHeader header) throws MalformedFrameException {
        return subMessage(request, header)
                .orElseThrow(() -> new MalformedFrameException(
                        "the request names the operation " + header.operation() + " and lacks its parameters"));
    }
}
