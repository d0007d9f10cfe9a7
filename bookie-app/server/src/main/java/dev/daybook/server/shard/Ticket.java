package dev.daybook.server.shard;

import dev.daybook.metrics.RequestKind;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import java.util.function.Consumer;

/**
 * What an answer takes over from its request.
 *
 * @param header of the answer
 * @param entryId as requested, echoed
 * @param entryBytes counted in {@link BytesInFlight} until the answer
 */
record Ticket(
        RequestKind kind,
        FrameHeader header,
        long ledgerId,
        long entryId,
        long entryBytes,
        long startNanos,
        Consumer<BookieResponse> reply) {}
