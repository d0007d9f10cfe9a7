package dev.daybook.server.net;

import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import io.netty.buffer.ByteBuf;

/** Gives back the buffers of answers that go no further, and says how many bytes an answer holds. */
final class AnswerBuffers {
    private AnswerBuffers() {}

    static void release(BookieResponse response) {
        if (response instanceof BookieResponse.Read read) {
            read.body().ifPresent(ByteBuf::release);
        } else if (response instanceof BookieResponse.BatchRead read) {
            read.entries().forEach(ByteBuf::release);
        } else if (response instanceof BookieResponse.ReadLac read) {
            read.lacBody().ifPresent(ByteBuf::release);
            read.lastEntry().ifPresent(ByteBuf::release);
        }
    }

    static long bytesOf(BookieResponse response) {
        if (response instanceof BookieResponse.Read read) {
            return read.body().map(ByteBuf::readableBytes).orElse(0);
        }
        if (response instanceof BookieResponse.BatchRead read) {
            long sum = 0;
            for (ByteBuf entry : read.entries()) {
                sum += entry.readableBytes();
            }
            return sum;
        }
        return 0;
    }

    /** Gives back the buffers of a request that does not reach the bookie. */
    static void release(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            add.body().release();
        } else if (request instanceof BookieRequest.WriteLac lac) {
            lac.body().release();
        }
    }
}
