package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The buffers that travel in messages. */
final class Buffers {
    private Buffers() {}

    static List<ByteBuf> in(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            return List.of(add.body());
        }
        if (request instanceof BookieRequest.WriteLac write) {
            return List.of(write.body());
        }
        return List.of();
    }

    static List<ByteBuf> in(BookieResponse response) {
        List<ByteBuf> buffers = new ArrayList<>();
        if (response instanceof BookieResponse.Read read) {
            read.body().ifPresent(buffers::add);
        }
        if (response instanceof BookieResponse.ReadLac read) {
            read.lacBody().ifPresent(buffers::add);
            read.lastEntry().ifPresent(buffers::add);
        }
        if (response instanceof BookieResponse.BatchRead read) {
            buffers.addAll(read.entries());
        }
        return buffers;
    }

    static void release(BookieRequest request) {
        in(request).forEach(ByteBuf::release);
    }

    static void release(BookieResponse response) {
        in(response).forEach(ByteBuf::release);
    }
}
