package dev.daybook.simulator.bookie;

import dev.daybook.protocol.digest.EntryDigest;
import dev.daybook.protocol.digest.LedgerKeys;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.simulator.check.Values;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;

/** What the packets on wire and disk say, in short words. All ledgers of the simulator have the same digest. */
public final class Packets {
    public static final DigestType DIGEST = DigestType.CRC32C;
    private static final EntryDigest DIGEST_OF_ALL = EntryDigest.of(DIGEST, LedgerPassword.EMPTY);
    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);
    private static final long LATE_ENTRY = 1_000_000;
    private static final int HEAD_BYTES = 32 + DIGEST.digestBytes();

    private Packets() {}

    /** Of the payload inside of a packaged entry. */
    static String nameOf(ByteBuffer packaged) {
        return Values.nameOf(packaged.slice(
                packaged.position() + Math.min(HEAD_BYTES, packaged.remaining()),
                Math.max(0, packaged.remaining() - HEAD_BYTES)));
    }

    static long ledgerOf(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            return add.ledgerId();
        } else if (request instanceof BookieRequest.Read read) {
            return read.ledgerId();
        } else if (request instanceof BookieRequest.ReadLac read) {
            return read.ledgerId();
        } else if (request instanceof BookieRequest.WriteLac write) {
            return write.ledgerId();
        } else if (request instanceof BookieRequest.Force force) {
            return force.ledgerId();
        }
        return request instanceof BookieRequest.BatchRead batch ? batch.ledgerId() : -1;
    }

    /** What a writer might send that has slept through a recovery; the answer must be no. */
    static BookieRequest lateAdd(long ledgerId) {
        ByteBuf body = DIGEST_OF_ALL.pack(HEAP, ledgerId, LATE_ENTRY, -1, 0, Unpooled.EMPTY_BUFFER);
        return new BookieRequest.Add(
                FrameHeader.v3(Operation.ADD, 0),
                ledgerId,
                LATE_ENTRY,
                LedgerKeys.masterKey(LedgerPassword.EMPTY),
                body,
                false,
                0);
    }

    static String show(BookieRequest request, BookieResponse response) {
        String what = request.header().operation().name();
        if (request instanceof BookieRequest.Add add) {
            what = (add.recovery() ? "recovery add " : "add ") + add.entryId();
        } else if (request instanceof BookieRequest.Read read) {
            what = (read.fence() ? "fencing read " : read.longPoll().isPresent() ? "poll " : "read ") + read.entryId();
        } else if (request instanceof BookieRequest.BatchRead batch) {
            what = "batch from " + batch.startEntryId();
        }
        return what + ": " + response.status();
    }
}
