package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieResponse;
import io.netty.buffer.ByteBuf;

/** Gives back what an answer holds when nobody wants it. */
public final class ResponseBuffers {
    private ResponseBuffers() {}

    public static void release(BookieResponse response) {
        if (response instanceof BookieResponse.Read read) {
            read.body().ifPresent(ByteBuf::release);
        } else if (response instanceof BookieResponse.BatchRead batch) {
            batch.entries().forEach(ByteBuf::release);
        } else if (response instanceof BookieResponse.ReadLac lac) {
            lac.lacBody().ifPresent(ByteBuf::release);
            lac.lastEntry().ifPresent(ByteBuf::release);
        }
    }
}
