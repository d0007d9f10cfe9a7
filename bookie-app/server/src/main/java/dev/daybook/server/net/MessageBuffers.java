package dev.daybook.server.net;

import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import io.netty.buffer.ByteBuf;

/** Gives back the buffers of messages that go no further, and says how many bytes a message holds. */
final class MessageBuffers {
    private MessageBuffers() {}

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

    static void release(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            add.body().release();
        } else if (request instanceof BookieRequest.WriteLac write) {
            write.body().release();
        }
    }

    static long bytesOf(BookieRequest request) {
        return request instanceof BookieRequest.Add add ? add.body().readableBytes() : 0;
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
}
