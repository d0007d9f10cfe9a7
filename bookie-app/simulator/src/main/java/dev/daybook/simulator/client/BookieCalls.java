package dev.daybook.simulator.client;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Answer.Reason;
import dev.daybook.core.read.BatchAnswer;
import dev.daybook.core.read.LastEntry;
import dev.daybook.core.read.PollAnswer;
import dev.daybook.core.read.SendBatchRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.digest.EntryDigest;
import dev.daybook.protocol.digest.LedgerKeys;
import dev.daybook.protocol.digest.VerifiedEntry.Verified;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.simulator.bookie.Packets;
import dev.daybook.simulator.check.Values;
import dev.daybook.simulator.net.Outcome;
import dev.daybook.simulator.world.Actor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks bookies about one ledger in the words of the cores, as the client's own driver does. */
final class BookieCalls {
    private final Surroundings around;
    private final Actor process;
    private final long ledgerId;
    private final Packet.Holdings holdings;
    private final BookieHealth health;
    private final EntryDigest digest = EntryDigest.of(Packets.DIGEST, LedgerPassword.EMPTY);
    private final byte[] masterKey = LedgerKeys.masterKey(LedgerPassword.EMPTY);

    /** @param health learns from every answer */
    BookieCalls(Surroundings around, Actor process, long ledgerId, Packet.Holdings holdings, BookieHealth health) {
        this.around = around;
        this.process = process;
        this.ledgerId = ledgerId;
        this.holdings = holdings;
        this.health = health;
    }

    void add(SendAdd<Packet> effect, boolean deferred, Consumer<AddReply> reply) {
        Packet packet = effect.payload();
        around.truth()
                .onAddSent(
                        ledgerId,
                        effect.entryId(),
                        effect.lac(),
                        effect.length(),
                        Values.nameOf(ByteBuffer.wrap(packet.payload())));
        byte[] bytes = packet.packaged(digest, ledgerId, effect.entryId(), effect.lac(), effect.length());
        FrameHeader header = header(Operation.ADD, effect.recovery());
        Supplier<BookieRequest> request = () -> new BookieRequest.Add(
                header,
                ledgerId,
                effect.entryId(),
                masterKey,
                Unpooled.wrappedBuffer(bytes),
                effect.recovery(),
                deferred ? BookieRequest.DEFERRED_SYNC : 0);
        call(effect.bookie(), request, around.timeoutTicks(), outcome -> reply.accept(toAddReply(outcome)));
    }

    private static FrameHeader header(Operation operation, boolean recovery) {
        FrameHeader header = FrameHeader.v3(operation, 0);
        return recovery ? header.withPriority(FrameHeader.HIGH_PRIORITY) : header;
    }

    private void call(BookieId bookie, Supplier<BookieRequest> request, long timeout, Consumer<Outcome> then) {
        around.network().call(process, bookie, request, timeout, outcome -> {
            health.note(bookie, outcome);
            then.accept(outcome);
        });
    }

    void force(BookieId bookie, Consumer<Boolean> synced) {
        call(
                bookie,
                () -> new BookieRequest.Force(header(Operation.FORCE, false), ledgerId),
                around.timeoutTicks(),
                outcome -> synced.accept(isOk(outcome)));
    }

    private static boolean isOk(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered
                && answered.response().status() == Status.OK;
    }

    /** Nobody waits for it. */
    void writeLac(BookieId bookie, long lac) {
        around.truth().onLacSent(ledgerId, lac);
        byte[] bytes = Packet.lac(digest, ledgerId, lac);
        call(
                bookie,
                () -> new BookieRequest.WriteLac(
                        header(Operation.WRITE_LAC, false), ledgerId, lac, masterKey, Unpooled.wrappedBuffer(bytes)),
                around.timeoutTicks(),
                outcome -> {});
    }

    private static AddReply toAddReply(Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered answered)) {
            return AddReply.FAILED;
        }
        return switch (answered.response().status()) {
            case OK -> AddReply.STORED;
            case FENCED -> AddReply.FENCED;
            case UNAUTHORIZED -> AddReply.UNAUTHORIZED;
            case READ_ONLY -> AddReply.READ_ONLY;
            default -> AddReply.FAILED;
        };
    }

    void read(BookieId bookie, long entryId, boolean fence, Consumer<Answer<VerifiedEntry<Packet>>> reply) {
        FrameHeader header = header(Operation.READ, fence);
        Optional<byte[]> key = fence ? Optional.of(masterKey) : Optional.empty();
        call(
                bookie,
                () -> new BookieRequest.Read(header, ledgerId, entryId, fence, key, Optional.empty()),
                around.timeoutTicks(),
                outcome -> reply.accept(translate(outcome, response -> entry(bookie, response, entryId))));
    }

    /** Asks for an entry and keeps nothing of it. */
    void probe(BookieId bookie, long entryId, Consumer<Answer<?>> reply) {
        read(bookie, entryId, false, answer -> {
            if (answer instanceof Answer.Positive<VerifiedEntry<Packet>> found) {
                found.value().payload().release();
            }
            reply.accept(answer);
        });
    }

    void fence(BookieId bookie, Consumer<Answer<LastEntry>> reply) {
        FrameHeader header = header(Operation.READ, true);
        call(
                bookie,
                () -> new BookieRequest.Read(
                        header, ledgerId, EntryId.LAST_STORED, true, Optional.of(masterKey), Optional.empty()),
                around.timeoutTicks(),
                outcome -> reply.accept(translate(
                        outcome,
                        response -> ((BookieResponse.Read) response)
                                .body()
                                .map(body -> last(bookie, body))
                                .orElseGet(() -> Answer.unknown(Reason.FAILED)))));
    }

    void readLac(BookieId bookie, Consumer<Answer<Long>> reply) {
        call(
                bookie,
                () -> new BookieRequest.ReadLac(header(Operation.READ_LAC, false), ledgerId),
                around.timeoutTicks(),
                outcome ->
                        reply.accept(translate(outcome, response -> lac(bookie, (BookieResponse.ReadLac) response))));
    }

    private Answer<Long> lac(BookieId bookie, BookieResponse.ReadLac response) {
        long lac = EntryId.NONE;
        if (response.lacBody().isPresent()) {
            OptionalLong explicit = digest.verifyLac(response.lacBody().get(), ledgerId);
            if (explicit.isEmpty()) {
                return mismatch(bookie);
            }
            lac = explicit.getAsLong();
        }
        if (response.lastEntry().isPresent()) {
            if (!(last(bookie, response.lastEntry().get()) instanceof Answer.Positive<LastEntry> last)) {
                return mismatch(bookie);
            }
            lac = Math.max(lac, last.value().lac());
        }
        return Answer.positive(lac);
    }

    void longPoll(BookieId bookie, long previousLac, long waitTicks, Consumer<Answer<PollAnswer<Packet>>> reply) {
        BookieRequest.LongPoll poll = new BookieRequest.LongPoll(previousLac, OptionalLong.of(waitTicks), true);
        call(
                bookie,
                () -> new BookieRequest.Read(
                        header(Operation.READ, false),
                        ledgerId,
                        EntryId.LAST_STORED,
                        false,
                        Optional.empty(),
                        Optional.of(poll)),
                waitTicks + around.timeoutTicks(),
                outcome -> reply.accept(translate(outcome, response -> poll(bookie, response, previousLac + 1))));
    }

    private Answer<PollAnswer<Packet>> poll(BookieId bookie, BookieResponse response, long awaited) {
        BookieResponse.Read read = (BookieResponse.Read) response;
        long lac = read.maxLac().orElse(EntryId.NONE);
        if (read.body().isEmpty()) {
            return Answer.positive(new PollAnswer<>(lac, Optional.empty()));
        }
        return entry(bookie, response, awaited) instanceof Answer.Positive<VerifiedEntry<Packet>> entry
                ? Answer.positive(new PollAnswer<>(lac, Optional.of(entry.value())))
                : Answer.unknown(Reason.DIGEST_MISMATCH);
    }

    /** Every entry is verified before anybody hears of it; what follows the first bad one is dropped. */
    void batchRead(SendBatchRead effect, Consumer<Answer<BatchAnswer<Packet>>> reply) {
        int odd = around.mix().reading().oddBatchPercent();
        boolean tooMuch = around.world().dice().chance(odd);
        boolean nothing = around.world().dice().chance(odd);
        call(
                effect.bookie(),
                () -> new BookieRequest.BatchRead(
                        header(Operation.BATCH_READ, false),
                        ledgerId,
                        effect.firstEntryId(),
                        effect.maxCount() + (tooMuch ? 1 : 0),
                        effect.maxBytes(),
                        false,
                        Optional.empty()),
                around.timeoutTicks(),
                outcome -> reply.accept(translate(outcome, response -> {
                    List<ByteBuf> packaged = ((BookieResponse.BatchRead) response).entries();
                    if (nothing || packaged.size() > effect.maxCount()) {
                        around.world().saw("fault: odd answer to a batch");
                    }
                    return batch(effect, nothing ? List.of() : packaged);
                })));
    }

    private Answer<BatchAnswer<Packet>> batch(SendBatchRead effect, List<ByteBuf> packaged) {
        List<VerifiedEntry<Packet>> good = new ArrayList<>();
        for (ByteBuf body : packaged) {
            if (entry(effect.bookie(), body, effect.firstEntryId() + good.size())
                    instanceof Answer.Positive<VerifiedEntry<Packet>> entry) {
                good.add(entry.value());
            } else {
                return good.isEmpty()
                        ? Answer.unknown(Reason.DIGEST_MISMATCH)
                        : Answer.positive(new BatchAnswer<>(good, true));
            }
        }
        return Answer.positive(new BatchAnswer<>(good, false));
    }

    private Answer<VerifiedEntry<Packet>> entry(BookieId bookie, BookieResponse response, long entryId) {
        return ((BookieResponse.Read) response)
                .body()
                .map(body -> entry(bookie, body, entryId))
                .orElseGet(() -> Answer.unknown(Reason.FAILED));
    }

    private Answer<VerifiedEntry<Packet>> entry(BookieId bookie, ByteBuf body, long entryId) {
        if (digest.verify(body, ledgerId, entryId) instanceof Verified found) {
            byte[] payload = ByteBufUtil.getBytes(found.payload());
            return Answer.positive(new VerifiedEntry<>(
                    found.entryId(), found.lac(), found.length(), holdings.take(payload), payload.length));
        }
        return mismatch(bookie);
    }

    private <T> Answer<T> mismatch(BookieId bookie) {
        health.failed(bookie);
        return Answer.unknown(Reason.DIGEST_MISMATCH);
    }

    private Answer<LastEntry> last(BookieId bookie, ByteBuf packaged) {
        if (digest.verify(packaged, ledgerId, EntryId.LAST_STORED) instanceof Verified found) {
            return Answer.positive(new LastEntry(found.entryId(), found.lac(), found.length()));
        }
        return mismatch(bookie);
    }

    private static <T> Answer<T> translate(Outcome outcome, Function<BookieResponse, Answer<T>> whenOk) {
        if (outcome instanceof Outcome.TimedOut) {
            return Answer.unknown(Reason.TIMEOUT);
        }
        if (!(outcome instanceof Outcome.Answered answered)) {
            return Answer.unknown(Reason.UNAVAILABLE);
        }
        Status status = answered.response().status();
        if (status == Status.OK) {
            return whenOk.apply(answered.response());
        }
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
}
