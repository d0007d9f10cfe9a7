package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import org.jspecify.annotations.Nullable;

/**
 * How an answer finds its call, besides by the operation: in v3 and for batch reads by the id of the request, else by
 * ledger and entry. Source: wire protocol, section 8.
 */
record AnswerKey(long first, long second) {
    private static AnswerKey ofRequestId(FrameHeader header) {
        return new AnswerKey(header.txnId(), 0);
    }

    /** @throws IllegalArgumentException for a request of v2 whose answer could not be told apart */
    static AnswerKey of(BookieRequest request) {
        FrameHeader header = request.header();
        if (header.generation() == Generation.V3 || request instanceof BookieRequest.BatchRead) {
            return ofRequestId(header);
        }
        if (request instanceof BookieRequest.Read read) {
            return new AnswerKey(read.ledgerId(), read.entryId());
        }
        if (request instanceof BookieRequest.Add add) {
            return new AnswerKey(add.ledgerId(), add.entryId());
        }
        throw new IllegalArgumentException("the answer to " + header.operation() + " has no key in v2");
    }

    /** Null if it answers no call of this client. */
    static @Nullable AnswerKey of(BookieResponse response) {
        FrameHeader header = response.header();
        if (header.generation() == Generation.V3 || response instanceof BookieResponse.BatchRead) {
            return ofRequestId(header);
        }
        if (response instanceof BookieResponse.Read read) {
            return new AnswerKey(read.ledgerId(), read.entryId());
        }
        if (response instanceof BookieResponse.Add add) {
            return new AnswerKey(add.ledgerId(), add.entryId());
        }
        return null;
    }
}
