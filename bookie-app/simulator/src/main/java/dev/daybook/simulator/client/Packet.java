package dev.daybook.simulator.client;

import dev.daybook.protocol.digest.EntryDigest;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Optional;

/** A payload in the hands of a core, and the packet that is made of it when it is sent for the first time. */
final class Packet {
    /** On the heap and without leak detection: the garbage collector takes care of all buffers here. */
    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);

    private final byte[] payload;
    private final Holdings holdings;
    private Optional<byte[]> packaged = Optional.empty();
    private boolean released;

    /** Counts what a client was given and has not given back. */
    static final class Holdings {
        private int held;

        int held() {
            return held;
        }

        Packet take(byte[] payload) {
            held++;
            return new Packet(payload, this);
        }
    }

    private Packet(byte[] payload, Holdings holdings) {
        this.payload = payload;
        this.holdings = holdings;
    }

    /** The packet that makes a last-add-confirmed known without an entry. */
    static byte[] lac(EntryDigest digest, long ledgerId, long lac) {
        return ByteBufUtil.getBytes(digest.packLac(HEAP, ledgerId, lac));
    }

    byte[] payload() {
        return payload;
    }

    /** The first header counts for every later send, as in the client: the frame is kept. */
    byte[] packaged(EntryDigest digest, long ledgerId, long entryId, long lac, long length) {
        if (packaged.isEmpty()) {
            packaged = Optional.of(ByteBufUtil.getBytes(
                    digest.pack(HEAP, ledgerId, entryId, lac, length, Unpooled.wrappedBuffer(payload))));
        }
        return packaged.get();
    }

    void release() {
        if (released) {
            throw new IllegalStateException("a payload is given back once");
        }
        released = true;
        holdings.held--;
    }
}
