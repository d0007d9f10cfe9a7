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

    private RawRead() {}

    /** @param bookie that is called by its address */
    static Status status(BookieId bookie, LedgerId ledger, long entry) {
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
            answer.skipNBytes(2L * Integer.BYTES); // Its length and its header.
            return Status.ofV2Code(answer.readInt()).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(bookie + " does not answer", e);
        }
    }
}
