package dev.daybook.server;

import dev.daybook.protocol.digest.LedgerKeys;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieRequest.LongPoll;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.protocol.wire.RequestEncoder;
import dev.daybook.protocol.wire.ResponseDecoder;
import dev.daybook.server.net.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks one bookie directly, in both generations. */
final class Interrogation implements AutoCloseable {
    private final Peer v2;
    private final Peer v3;
    private final byte[] masterKey;

    Interrogation(int port, LedgerPassword password) throws IOException {
        v2 = new Peer(port);
        v3 = new Peer(port);
        masterKey = LedgerKeys.masterKey(password);
    }

    /** A plain read of the older generation. */
    Status read(long ledger, long entry) throws IOException {
        return ask(new BookieRequest.Read(
                        FrameHeader.v2(Operation.READ), ledger, entry, false, Optional.empty(), Optional.empty()))
                .status();
    }

    /**
     * Every question that has something to do with an entry.
     *
     * @param fence fencing ones too
     */
    void askEverything(long ledger, long entry, boolean fence) throws IOException {
        for (BookieRequest question : questions(ledger, entry, fence)) {
            ask(question);
        }
    }

    private List<BookieRequest> questions(long ledger, long entry, boolean fence) {
        List<BookieRequest> all = new ArrayList<>();
        for (FrameHeader header : List.of(FrameHeader.v2(Operation.READ), FrameHeader.v3(Operation.READ, 1))) {
            for (long id : new long[] {entry, -1}) {
                all.add(new BookieRequest.Read(header, ledger, id, false, Optional.empty(), Optional.empty()));
                if (fence) {
                    all.add(new BookieRequest.Read(header, ledger, id, true, Optional.of(masterKey), Optional.empty()));
                }
            }
        }
        for (boolean piggyback : new boolean[] {false, true}) {
            LongPoll poll = new LongPoll(entry - 1, OptionalLong.of(1), piggyback);
            all.add(new BookieRequest.Read(
                    FrameHeader.v3(Operation.READ, 2),
                    ledger,
                    piggyback ? -1 : entry,
                    false,
                    Optional.empty(),
                    Optional.of(poll)));
        }
        all.add(new BookieRequest.BatchRead(FrameHeader.v2Batch(3), ledger, entry, 3, 4096, false, Optional.empty()));
        all.add(new BookieRequest.ReadLac(FrameHeader.v3(Operation.READ_LAC, 4), ledger));
        all.add(new BookieRequest.EntryList(FrameHeader.v3(Operation.ENTRY_LIST, 5), ledger));
        all.add(new BookieRequest.Force(FrameHeader.v3(Operation.FORCE, 6), ledger));
        return all;
    }

    private BookieResponse ask(BookieRequest question) throws IOException {
        Generation generation = question.header().generation();
        Peer peer = generation == Generation.V2 ? v2 : v3;
        ByteBuf frame = RequestEncoder.encode(UnpooledByteBufAllocator.DEFAULT, question);
        peer.send(ByteBufUtil.getBytes(frame));
        frame.release();
        String answer = peer.receive().orElseThrow(EOFException::new);
        try {
            byte[] body = HexFormat.of().parseHex(answer.substring(2 * Integer.BYTES));
            return new ResponseDecoder(generation).decode(Unpooled.wrappedBuffer(body));
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        v2.close();
        v3.close();
    }
}
