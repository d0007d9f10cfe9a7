package dev.daybook.interop;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Status;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Asks one bookie for one entry, without a client that would turn to others. Source: wire protocol, section 5.1. */
final class RawRead {
    private static final int V2_READ = 0x02020000;
    private static final int REQUEST_BYTES = 20;
    private static final int PATIENCE_MILLIS = 20_000;

    /** Of an answer, after its length, up to the entry. */
    private static final int ANSWER_BYTES = 24;

    private RawRead() {}

    /** @param entry as the bookie keeps it, with header and digest; empty unless the status is OK */
    record Answer(Status status, byte[] entry) {}

    /** @param bookie that is called by its address */
    static Status status(BookieId bookie, LedgerId ledger, long entry) {
        return answer(bookie, ledger, entry).status();
    }

    /** @param bookie that is called by its address */
    static Answer answer(BookieId bookie, LedgerId ledger, long entry) {
        int colon = bookie.value().lastIndexOf(':');
        int port = Integer.parseInt(bookie.value().substring(colon + 1));
        try (Socket socket = new Socket(bookie.value().substring(0, colon), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] request = ByteBuffer.allocate(Integer.BYTES + REQUEST_BYTES)
                    .putInt(REQUEST_BYTES)
                    .putInt(V2_READ)
                    .putLong(ledger.value())
                    .putLong(entry)
                    .array();
            socket.getOutputStream().write(request);
            DataInputStream answer = new DataInputStream(socket.getInputStream());
            int length = answer.readInt();
            answer.skipNBytes(Integer.BYTES); // Its header.
            Status status = Status.ofV2Code(answer.readInt()).orElseThrow();
            answer.skipNBytes(2L * Long.BYTES); // The ids that were asked for.
            return new Answer(status, answer.readNBytes(length - ANSWER_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(bookie + " does not answer", e);
        }
    }
}
