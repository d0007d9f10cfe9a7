package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.server.net.Peer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Writes entries of one ledger over the wire, remembers which were acknowledged, and reads them back. */
final class EntryPeer implements AutoCloseable {
    private static final long LEDGER = 80;
    private static final byte[] KEY = HexFormat.of().parseHex("e793cbc379107648537183605cd361d3bb789a39");
    private static final int ADD = 0x02010000;
    private static final int READ = 0x02020000;
    private static final int OK = 0;
    static final int READ_ONLY = 105;

    private final Peer peer;
    private final int entryBytes;
    private long next;

    /** @param next id of the entry to come; all before were acknowledged */
    EntryPeer(int port, int entryBytes, long next) throws IOException {
        this.peer = new Peer(port);
        this.entryBytes = entryBytes;
        this.next = next;
    }

    /** All entries with lower ids were acknowledged. */
    long next() {
        return next;
    }

    private byte[] body(long entryId) {
        byte[] body = new byte[entryBytes];
        Arrays.fill(body, (byte) (entryId * 31 + 7));
        return body;
    }

    /** Adds an entry and returns the answer's code; empty if there is no answer. */
    Optional<Integer> add() throws IOException {
        int bytes = Integer.BYTES + KEY.length + 4 * Long.BYTES + entryBytes;
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + bytes);
        frame.putInt(bytes).putInt(ADD).put(KEY);
        frame.putLong(LEDGER)
                .putLong(next)
                .putLong(next - 1)
                .putLong(entryBytes)
                .put(body(next));
        peer.send(frame.array());
        try {
            Optional<Integer> code =
                    peer.receive().map(answer -> Integer.parseUnsignedInt(answer.substring(16, 24), 16));
            if (code.equals(Optional.of(OK))) {
                next++;
            }
            return code;
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    /** Adds until one is not acknowledged, and returns why. */
    Optional<Integer> addUntilRefused(int entriesMax) throws IOException {
        Optional<Integer> code = Optional.of(OK);
        for (int i = 0; i < entriesMax && code.equals(Optional.of(OK)); i++) {
            code = add();
        }
        return code;
    }

    void readsEverythingBack() throws IOException {
        for (long entryId = 0; entryId < next; entryId++) {
            ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + 20);
            frame.putInt(20).putInt(READ).putLong(LEDGER).putLong(entryId);
            peer.send(frame.array());
            String answer = peer.receive().orElseThrow();
            assertThat(answer.substring(16, 24))
                    .as("entry %s of %s", entryId, next)
                    .isEqualTo("00000000");
            assertThat(answer).endsWith(HexFormat.of().formatHex(body(entryId)));
        }
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
