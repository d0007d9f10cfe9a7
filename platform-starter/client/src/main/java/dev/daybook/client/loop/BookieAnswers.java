package dev.daybook.client.loop;

import dev.daybook.client.net.CallFailure;
import dev.daybook.client.net.CallHandler;
import dev.daybook.client.net.ResponseBuffers;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Answer.Reason;
import dev.daybook.core.read.BatchAnswer;
import dev.daybook.core.read.LastEntry;
import dev.daybook.core.read.PollAnswer;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.metrics.BookieFailure;
import dev.daybook.protocol.digest.EntryDigest;
import dev.daybook.protocol.digest.VerifiedEntry.Verified;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieResponse;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Translates what bookies answer into what cores understand, checks digests on the way, and keeps the books on bookies.
 * Only {@link Status#NO_ENTRY} and {@link Status#NO_LEDGER} become explicit negatives.
 */
final class BookieAnswers {
    private final LedgerLoop loop;
    private final long ledgerId;
    private final EntryDigest digest;
    private final LongConsumer lacSeen;

    BookieAnswers(LedgerLoop loop, long ledgerId, EntryDigest digest, LongConsumer lacSeen) {
        this.loop = loop;
        this.ledgerId = ledgerId;
        this.digest = digest;
        this.lacSeen = lacSeen;
    }

    long ledgerId() {
        return ledgerId;
    }

    AddReply toAdd(BookieId bookie, Status status) {
        note(bookie, status);
        return switch (status) {
            case OK -> AddReply.STORED;
            case FENCED -> AddReply.FENCED;
            case UNAUTHORIZED -> AddReply.UNAUTHORIZED;
            case READ_ONLY -> AddReply.READ_ONLY;
            default -> AddReply.FAILED;
        };
    }

    AddReply toAdd(BookieId bookie, CallFailure failure) {
        note(bookie, failure);
        return failure == CallFailure.REFUSED ? AddReply.UNAUTHORIZED : AddReply.FAILED;
    }

    CallHandler toRead(BookieId bookie, long entryId, Consumer<Answer<VerifiedEntry<ByteBuf>>> reply) {
        return handler(bookie, reply, response -> {
            if (response instanceof BookieResponse.Read read && read.body().isPresent()) {
                read.maxLac().ifPresent(lacSeen);
                return entry(bookie, read.body().get(), entryId);
            }
            return malformed();
        });
    }

    /** Every entry is verified before anybody hears of it; what follows the first bad one is dropped. */
    CallHandler toBatchRead(BookieId bookie, long firstEntryId, Consumer<Answer<BatchAnswer<ByteBuf>>> reply) {
        CallHandler handler = handler(bookie, reply, response -> {
            if (!(response instanceof BookieResponse.BatchRead batch)) {
                return malformed();
            }
            loop.batchless().onAnswer(bookie);
            List<VerifiedEntry<ByteBuf>> good = new ArrayList<>();
            for (ByteBuf packaged : batch.entries()) {
                if (entry(bookie, packaged, firstEntryId + good.size())
                        instanceof Answer.Positive<VerifiedEntry<ByteBuf>> positive) {
                    good.add(positive.value());
                } else {
                    return good.isEmpty()
                            ? Answer.unknown(Reason.DIGEST_MISMATCH)
                            : Answer.positive(new BatchAnswer<>(good, true));
                }
            }
            return Answer.positive(new BatchAnswer<>(good, false));
        });
        return new CallHandler() {
            @Override
            public void answered(BookieResponse response) {
                handler.answered(response);
            }

            @Override
            public void failed(CallFailure failure) {
                if (failure == CallFailure.CONNECTION_LOST) {
                    // What a bookie does that does not know the request; it says nothing of its health.
                    loop.batchless().onConnectionLost(bookie, loop.net().nanoTime());
                    reply.accept(Answer.unknown(Reason.UNAVAILABLE));
                } else {
                    handler.failed(failure);
                }
            }
        };
    }

    CallHandler toFence(BookieId bookie, Consumer<Answer<LastEntry>> reply) {
        return handler(bookie, reply, response -> {
            if (response instanceof BookieResponse.Read read && read.body().isPresent()) {
                return header(bookie, read.body().get());
            }
            return malformed();
        });
    }

    CallHandler toReadLac(BookieId bookie, Consumer<Answer<Long>> reply) {
        return handler(bookie, reply, response -> {
            if (!(response instanceof BookieResponse.ReadLac read)) {
                return malformed();
            }
            long lac = EntryId.NONE;
            if (read.lacBody().isPresent()) {
                OptionalLong explicit = digest.verifyLac(read.lacBody().get(), ledgerId);
                if (explicit.isEmpty()) {
                    return mismatch(bookie);
                }
                lac = explicit.getAsLong();
            }
            if (read.lastEntry().isPresent()) {
                Answer<LastEntry> last = header(bookie, read.lastEntry().get());
                if (!(last instanceof Answer.Positive<LastEntry> positive)) {
                    return mismatch(bookie);
                }
                lac = Math.max(lac, positive.value().lac());
            }
            return Answer.positive(lac);
        });
    }

    CallHandler toLongPoll(BookieId bookie, long awaited, Consumer<Answer<PollAnswer<ByteBuf>>> reply) {
        return handler(bookie, reply, response -> {
            if (!(response instanceof BookieResponse.Read read)) {
                return malformed();
            }
            read.maxLac().ifPresent(lacSeen);
            long lac = read.maxLac().orElse(EntryId.NONE);
            if (read.body().isEmpty()) {
                return Answer.positive(new PollAnswer<>(lac, Optional.empty()));
            }
            Answer<VerifiedEntry<ByteBuf>> entry = entry(bookie, read.body().get(), awaited);
            return entry instanceof Answer.Positive<VerifiedEntry<ByteBuf>> positive
                    ? Answer.positive(new PollAnswer<>(lac, Optional.of(positive.value())))
                    : Answer.unknown(Reason.DIGEST_MISMATCH);
        });
    }

    /** For requests that are done or not. */
    CallHandler toAcknowledged(BookieId bookie, Consumer<Boolean> done) {
        return handler(
                bookie,
                (Answer<Boolean> answer) -> done.accept(answer instanceof Answer.Positive<Boolean>),
                response -> Answer.positive(true));
    }

    private <T> CallHandler handler(
            BookieId bookie, Consumer<Answer<T>> reply, Function<BookieResponse, Answer<T>> whenOk) {
        return new CallHandler() {
            @Override
            public void answered(BookieResponse response) {
                note(bookie, response.status());
                Answer<T> answer;
                try {
                    answer = response.status() == Status.OK ? whenOk.apply(response) : refusal(response.status());
                } finally {
                    ResponseBuffers.release(response);
                }
                reply.accept(answer);
            }

            @Override
            public void failed(CallFailure failure) {
                note(bookie, failure);
                reply.accept(Answer.unknown(
                        switch (failure) {
                            case NO_CONNECTION, CONNECTION_LOST, TLS_FAILED -> Reason.UNAVAILABLE;
                            case REFUSED -> Reason.UNAUTHORIZED;
                            case TIMEOUT -> Reason.TIMEOUT;
                            case MALFORMED -> Reason.FAILED;
                            case CLIENT_CLOSED -> Reason.CLIENT_CLOSED;
                        }));
            }
        };
    }

    private static <T> Answer<T> refusal(Status status) {
        if (status.isExplicitNegative()) {
            return Answer.negative();
        }
        return Answer.unknown(
                switch (status) {
                    case UNAUTHORIZED -> Reason.UNAUTHORIZED;
                    case TOO_MANY_REQUESTS -> Reason.TOO_MANY_REQUESTS;
                    case UNKNOWN_LEDGER_STATE -> Reason.LEDGER_STATE_UNKNOWN;
                    default -> Reason.FAILED;
                });
    }

    /** The payload of a positive answer is a reference of its own. */
    private Answer<VerifiedEntry<ByteBuf>> entry(BookieId bookie, ByteBuf packaged, long entryId) {
        if (digest.verify(packaged, ledgerId, entryId) instanceof Verified found) {
            ByteBuf payload = found.payload();
            return Answer.positive(new VerifiedEntry<>(
                    found.entryId(), found.lac(), found.length(), payload, payload.readableBytes()));
        }
        return mismatch(bookie);
    }

    private Answer<LastEntry> header(BookieId bookie, ByteBuf packaged) {
        if (digest.verify(packaged, ledgerId, EntryId.LAST_STORED) instanceof Verified found) {
            found.payload().release();
            return Answer.positive(new LastEntry(found.entryId(), found.lac(), found.length()));
        }
        return mismatch(bookie);
    }

    private <T> Answer<T> mismatch(BookieId bookie) {
        loop.metrics().bookieFailed(BookieFailure.DIGEST_MISMATCH);
        loop.health().failed(bookie);
        return Answer.unknown(Reason.DIGEST_MISMATCH);
    }

    private <T> Answer<T> malformed() {
        loop.metrics().bookieFailed(BookieFailure.MALFORMED);
        return Answer.unknown(Reason.FAILED);
    }

    private void note(BookieId bookie, Status status) {
        switch (status) {
            case OK -> loop.health().answered(bookie);
            case READ_ONLY -> loop.metrics().bookieFailed(BookieFailure.READ_ONLY);
            case TOO_MANY_REQUESTS -> {
                loop.metrics().bookieFailed(BookieFailure.TOO_MANY_REQUESTS);
                loop.health().refused(bookie);
            }
            case IO_ERROR, UNKNOWN_LEDGER_STATE, BAD_REQUEST, BAD_VERSION -> {
                loop.metrics().bookieFailed(BookieFailure.STATUS);
                loop.health().failed(bookie);
            }
            case NO_LEDGER, NO_ENTRY, FENCED, UNAUTHORIZED -> {
                // Says something of the ledger, nothing of the bookie.
            }
        }
    }

    private void note(BookieId bookie, CallFailure failure) {
        if (failure == CallFailure.CLIENT_CLOSED) {
            return;
        }
        if (failure == CallFailure.NO_CONNECTION || failure == CallFailure.CONNECTION_LOST) {
            loop.health().unreachable(bookie);
        } else {
            loop.health().failed(bookie);
        }
        loop.metrics()
                .bookieFailed(
                        switch (failure) {
                            case NO_CONNECTION, TLS_FAILED, REFUSED -> BookieFailure.CONNECT;
                            case TIMEOUT -> BookieFailure.TIMEOUT;
                            case MALFORMED -> BookieFailure.MALFORMED;
                            default -> BookieFailure.CONNECTION_LOST;
                        });
    }
}
