package dev.daybook.client.loop;

import dev.daybook.client.net.NetworkLoop;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.BatchAnswer;
import dev.daybook.core.read.LastEntry;
import dev.daybook.core.read.PollAnswer;
import dev.daybook.core.read.SendBatchRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.digest.EntryDigest;
import dev.daybook.protocol.digest.LedgerKeys;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.protocol.wire.RequestEncoder;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Asks bookies about one ledger, in the words of the cores. Belongs to the ledger's loop. */
final class BookieRequests {
    private static final int NO_WRITE_FLAGS = 0;
    private static final int NORMAL_PRIORITY = 0;

    private final LedgerLoop loop;
    private final NetworkLoop net;
    private final long ledgerId;
    private final EntryDigest digest;
    private final byte[] masterKey;
    private final BookieAnswers answers;

    /** @param lacSeen told of every last-add-confirmed that a bookie mentions in passing */
    BookieRequests(LedgerLoop loop, long ledgerId, Credentials credentials, LongConsumer lacSeen) {
        this.loop = loop;
        this.net = loop.net();
        this.ledgerId = ledgerId;
        this.digest = EntryDigest.of(credentials.digest(), credentials.password());
        this.masterKey = LedgerKeys.masterKey(credentials.password());
        this.answers = new BookieAnswers(loop, ledgerId, digest, lacSeen);
    }

    private OutgoingEntry outgoing(ByteBuf payload) {
        return OutgoingEntry.copyOf(net.allocator(), digest.headerBytes(), payload);
    }

    /** The same answer with an entry that can be sent on; the payload of a positive one is released. */
    Answer<VerifiedEntry<OutgoingEntry>> outgoing(Answer<VerifiedEntry<ByteBuf>> answer) {
        if (answer instanceof Answer.Positive<VerifiedEntry<ByteBuf>> positive) {
            VerifiedEntry<ByteBuf> entry = positive.value();
            return Answer.positive(new VerifiedEntry<>(
                    entry.entryId(), entry.lac(), entry.length(), outgoing(entry.payload()), entry.payloadBytes()));
        } else if (answer instanceof Answer.Unknown<VerifiedEntry<ByteBuf>> unknown) {
            return Answer.unknown(unknown.reason());
        }
        return Answer.negative();
    }

    /** Packs and frames the entry if this is its first send. */
    void add(SendAdd<OutgoingEntry> effect, boolean deferredSync, AddReplies replies) {
        int priority = effect.recovery() ? FrameHeader.HIGH_PRIORITY : NORMAL_PRIORITY;
        add(effect, priority, deferredSync ? BookieRequest.DEFERRED_SYNC : NO_WRITE_FLAGS, replies);
    }

    /** As {@link #add}, for a copy that nobody waits for: behind the entries of writers and of recoveries. */
    void copy(SendAdd<OutgoingEntry> effect, AddReplies replies) {
        add(effect, NORMAL_PRIORITY, NO_WRITE_FLAGS, replies);
    }

    /**
     * As {@link #copy}, for a bookie that gets back what it has lost: it takes that as it takes the entries of recoveries,
     * also while it is read-only and has room.
     */
    void giveBack(SendAdd<OutgoingEntry> effect, AddReplies replies) {
        add(effect, FrameHeader.HIGH_PRIORITY, NO_WRITE_FLAGS, replies);
    }

    private void add(SendAdd<OutgoingEntry> effect, int priority, int writeFlags, AddReplies replies) {
        if (!effect.payload().isFramed()) {
            frame(effect, priority, writeFlags);
        }
        net.send(effect.bookie(), new EntryCall(effect, loop.config().addTimeout(), answers, replies));
    }

    private void frame(SendAdd<OutgoingEntry> effect, int priority, int writeFlags) {
        OutgoingEntry entry = effect.payload();
        FrameHeader header = net.header(net.generationOf(Operation.ADD, false), Operation.ADD)
                .withPriority(priority);
        ByteBuf buffer = entry.buffer();
        digest.packAround(buffer, ledgerId, effect.entryId(), effect.lac(), effect.length());
        RequestEncoder.encodeAround(new BookieRequest.Add(
                header, ledgerId, effect.entryId(), masterKey, buffer, effect.recovery(), writeFlags));
        entry.framed(header);
    }

    void read(BookieId bookie, long entryId, Consumer<Answer<VerifiedEntry<ByteBuf>>> reply) {
        FrameHeader header = net.header(net.generationOf(Operation.READ, false), Operation.READ);
        BookieRequest request =
                new BookieRequest.Read(header, ledgerId, entryId, false, Optional.empty(), Optional.empty());
        net.send(bookie, request, loop.config().readTimeout(), answers.toRead(bookie, entryId, reply));
    }

    void batchRead(SendBatchRead effect, Consumer<Answer<BatchAnswer<ByteBuf>>> reply) {
        BookieRequest request = new BookieRequest.BatchRead(
                net.batchHeader(),
                ledgerId,
                effect.firstEntryId(),
                effect.maxCount(),
                effect.maxBytes(),
                false,
                Optional.empty());
        net.send(
                effect.bookie(),
                request,
                loop.config().readTimeout(),
                answers.toBatchRead(effect.bookie(), effect.firstEntryId(), reply));
    }

    /** A read of recovery: the bookie takes no more entries of the writer from then on. */
    void fencingRead(BookieId bookie, long entryId, Consumer<Answer<VerifiedEntry<ByteBuf>>> reply) {
        BookieRequest request = fencing(fencingHeader().withPriority(FrameHeader.HIGH_PRIORITY), entryId);
        net.send(bookie, request, loop.config().readTimeout(), answers.toRead(bookie, entryId, reply));
    }

    void fence(BookieId bookie, Consumer<Answer<LastEntry>> reply) {
        BookieRequest request = fencing(fencingHeader(), EntryId.LAST_STORED);
        net.send(bookie, request, loop.config().readTimeout(), answers.toFence(bookie, reply));
    }

    private FrameHeader fencingHeader() {
        return net.header(net.generationOf(Operation.READ, true), Operation.READ);
    }

    private BookieRequest fencing(FrameHeader header, long entryId) {
        return new BookieRequest.Read(header, ledgerId, entryId, true, Optional.of(masterKey), Optional.empty());
    }

    void readLac(BookieId bookie, Consumer<Answer<Long>> reply) {
        FrameHeader header = net.header(net.generationOf(Operation.READ_LAC, false), Operation.READ_LAC);
        net.send(
                bookie,
                new BookieRequest.ReadLac(header, ledgerId),
                loop.config().readTimeout(),
                answers.toReadLac(bookie, reply));
    }

    /** @param wait on the bookie; the request's own deadline comes on top */
    void longPoll(BookieId bookie, long previousLac, Duration wait, Consumer<Answer<PollAnswer<ByteBuf>>> reply) {
        FrameHeader header = net.header(net.generationOf(Operation.READ, true), Operation.READ);
        BookieRequest.LongPoll poll = new BookieRequest.LongPoll(previousLac, OptionalLong.of(wait.toMillis()), true);
        BookieRequest request = new BookieRequest.Read(
                header, ledgerId, EntryId.LAST_STORED, false, Optional.empty(), Optional.of(poll));
        net.send(
                bookie,
                request,
                wait.plus(loop.config().readTimeout()),
                answers.toLongPoll(bookie, previousLac + 1, reply));
    }

    void force(BookieId bookie, Consumer<Boolean> synced) {
        FrameHeader header = net.header(net.generationOf(Operation.FORCE, false), Operation.FORCE);
        BookieRequest request = new BookieRequest.Force(header, ledgerId);
        net.send(bookie, request, loop.config().readTimeout(), answers.toAcknowledged(bookie, synced));
    }

    /** @param taken whether the bookie has it on disk */
    void writeLac(BookieId bookie, long lac, Consumer<Boolean> taken) {
        FrameHeader header = net.header(net.generationOf(Operation.WRITE_LAC, false), Operation.WRITE_LAC);
        BookieRequest request = new BookieRequest.WriteLac(
                header, ledgerId, lac, masterKey, digest.packLac(net.allocator(), ledgerId, lac));
        net.send(bookie, request, loop.config().readTimeout(), answers.toAcknowledged(bookie, taken));
    }
}
