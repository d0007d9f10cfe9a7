package dev.daybook.client.fake;

import dev.daybook.protocol.digest.EntryHeader;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Operation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A bookie in memory behind a real socket. Speaks both generations as wire protocol section 6 has it, keeps its ledgers
 * over {@link #stop} and {@link #start}, and misbehaves on request. State belongs to the server's only thread.
 */
public final class FakeBookie implements AutoCloseable {
    private final FakeServer server = new FakeServer(this::receive);
    private final BookieId id;
    private final Map<Long, FakeLedger> ledgers = new HashMap<>();
    private final List<BookieRequest> received = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private volatile Function<BookieRequest, Fault> faults = request -> Fault.NONE;

    private volatile long freeBytes = 400;

    public FakeBookie() {
        server.start();
        id = new BookieId("127.0.0.1:" + server.port());
    }

    /** What it says of its disks. */
    public void freeBytes(long bytes) {
        freeBytes = bytes;
    }

    public BookieId id() {
        return id;
    }

    public int port() {
        return server.port();
    }

    /** Decides what goes wrong with a request; called on the server's thread. */
    public void faults(Function<BookieRequest, Fault> decide) {
        faults = decide;
    }

    /** Misbehaves for one kind of request. */
    public void fault(Operation operation, Fault fault) {
        faults = request -> request.header().operation() == operation ? fault : Fault.NONE;
    }

    /** Behaves from now on, and lets go of answers that were held back. */
    public void heal() {
        faults = request -> Fault.NONE;
        server.call(() -> {
            held.forEach(Runnable::run);
            held.clear();
            return held;
        });
    }

    /** Closes the port and every connection, as a kill would. */
    public void stop() {
        server.stop();
    }

    /** As {@link #stop}, and whatever was not synced is gone. */
    public void cutPower() {
        stop();
        server.call(() -> {
            for (FakeLedger ledger : ledgers.values()) {
                ledger.entries.keySet().removeAll(ledger.unsynced);
                ledger.unsynced.clear();
            }
            return ledgers;
        });
    }

    /** Explicit last-add-confirmed of the ledger as bytes, if one was written. */
    public Optional<byte[]> explicitLac(long ledgerId) {
        return server.call(() -> Optional.ofNullable(ledgers.get(ledgerId)).flatMap(ledger -> ledger.explicitLac));
    }

    /** Listens on the same port again. */
    public void start() {
        server.start();
    }

    @Override
    public void close() {
        server.close();
    }

    /** How many requests of this kind arrived. */
    public long received(Operation operation) {
        return server.call(() -> received.stream()
                .filter(request -> request.header().operation() == operation)
                .count());
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return server.accepted();
    }

    public boolean isFenced(long ledgerId) {
        return server.call(() -> ledgers.containsKey(ledgerId) && ledgers.get(ledgerId).fenced);
    }

    /** Ids of the entries it stores for the ledger. */
    public List<Long> entries(long ledgerId) {
        return server.call(() -> ledgers.containsKey(ledgerId)
                ? List.copyOf(ledgers.get(ledgerId).entries.keySet())
                : List.of());
    }

    /** Forgets an entry, which a bookie never may. */
    public void lose(long ledgerId, long entryId) {
        server.call(() -> ledgers.get(ledgerId).entries.remove(entryId));
    }

    /** Stores bytes as an entry, whatever they are. */
    public void put(long ledgerId, long entryId, byte[] packaged) {
        server.call(() -> ledgers.computeIfAbsent(ledgerId, id -> new FakeLedger(new byte[0]))
                .entries
                .put(entryId, packaged));
    }

    /** Takes over a ledger, as re-replication would make it. */
    public void adopt(FakeBookie from, long ledgerId) {
        FakeLedger ledger = from.server.call(() -> from.ledgers.get(ledgerId));
        server.call(() -> ledgers.put(ledgerId, ledger));
    }

    private void receive(BookieRequest request, Consumer<Optional<BookieResponse>> reply) {
        received.add(withoutBody(request));
        Fault fault = faults.apply(request);
        if (fault instanceof Fault.Refuse refuse) {
            reply.accept(Optional.of(answer(request, refuse.status(), Optional.empty())));
            release(request);
            return;
        }
        if (fault instanceof Fault.Drop) {
            perform(request, answer -> {});
        } else if (fault instanceof Fault.Close) {
            perform(request, answer -> reply.accept(Optional.empty()));
        } else if (fault instanceof Fault.Hold) {
            perform(request, answer -> held.add(() -> reply.accept(Optional.of(answer))));
        } else if (fault instanceof Fault.Delay delay) {
            perform(
                    request,
                    answer -> server.schedule(
                            () -> reply.accept(Optional.of(answer)), delay.millis(), TimeUnit.MILLISECONDS));
        } else {
            perform(
                    request,
                    answer -> reply.accept(Optional.of(fault instanceof Fault.Corrupt ? corrupted(answer) : answer)));
        }
        release(request);
    }

    private void perform(BookieRequest request, Consumer<BookieResponse> reply) {
        if (request instanceof BookieRequest.Add add) {
            reply.accept(answer(add, store(add), Optional.empty()));
        } else if (request instanceof BookieRequest.Read read) {
            read(read, reply);
        } else if (request instanceof BookieRequest.BatchRead batch) {
            reply.accept(batch(batch));
        } else if (request instanceof BookieRequest.WriteLac write) {
            reply.accept(answer(write, writeLac(write), Optional.empty()));
        } else if (request instanceof BookieRequest.ReadLac read) {
            reply.accept(readLac(read));
        } else if (request instanceof BookieRequest.Force force) {
            ledgers.values().forEach(ledger -> ledger.unsynced.clear());
            reply.accept(answer(force, Status.OK, Optional.empty()));
        } else if (request instanceof BookieRequest.BookieInfo) {
            reply.accept(new BookieResponse.BookieInfo(
                    request.header().forAnswer(), Status.OK, OptionalLong.of(1000), OptionalLong.of(freeBytes)));
        } else {
            reply.accept(new BookieResponse.Bare(request.header(), Status.BAD_REQUEST));
        }
    }

    private Status store(BookieRequest.Add add) {
        FakeLedger ledger = ledgers.computeIfAbsent(add.ledgerId(), id -> new FakeLedger(add.masterKey()));
        if (!ledger.accepts(add.masterKey())) {
            return Status.UNAUTHORIZED;
        }
        if (ledger.fenced && !add.recovery()) {
            return Status.FENCED;
        }
        ledger.entries.put(add.entryId(), ByteBufUtil.getBytes(add.body()));
        if (add.isDeferredSync() && !add.recovery()) {
            ledger.unsynced.add(add.entryId());
        }
        ledger.raiseLac(EntryHeader.lac(add.body()));
        return Status.OK;
    }

    private void read(BookieRequest.Read read, Consumer<BookieResponse> reply) {
        FakeLedger ledger = ledgers.get(read.ledgerId());
        if (read.fence()) {
            byte[] key = read.masterKey().orElse(new byte[0]);
            ledger = ledgers.computeIfAbsent(read.ledgerId(), id -> new FakeLedger(key));
            if (!ledger.accepts(key)) {
                reply.accept(answer(read, Status.UNAUTHORIZED, Optional.empty()));
                return;
            }
            ledger.fence();
        }
        if (ledger == null) {
            reply.accept(answer(read, Status.NO_LEDGER, Optional.empty()));
        } else if (read.longPoll().isPresent() && !read.fence()) {
            poll(read, ledger, read.longPoll().get(), reply);
        } else {
            reply.accept(found(
                    read, ledger, read.entryId(), read.fence() ? OptionalLong.empty() : OptionalLong.of(ledger.lac)));
        }
    }

    private void poll(
            BookieRequest.Read read, FakeLedger ledger, BookieRequest.LongPoll poll, Consumer<BookieResponse> reply) {
        Runnable end = () -> {
            long next = poll.previousLac() + 1;
            if (ledger.lac > poll.previousLac() && ledger.entries.containsKey(next)) {
                reply.accept(new BookieResponse.Read(
                        read.header().forAnswer(),
                        Status.OK,
                        read.ledgerId(),
                        next,
                        Optional.of(Unpooled.wrappedBuffer(ledger.entries.get(next))),
                        OptionalLong.of(ledger.lac),
                        OptionalLong.empty()));
            } else {
                reply.accept(answer(read, Status.OK, Optional.empty(), OptionalLong.of(ledger.lac)));
            }
        };
        if (ledger.lac > poll.previousLac()
                || ledger.fenced
                || poll.timeoutMillis().isEmpty()) {
            end.run();
            return;
        }
        Runnable once = new Runnable() {
            private boolean done;

            @Override
            public void run() {
                if (!done) {
                    done = true;
                    end.run();
                }
            }
        };
        ledger.polls.add(once);
        server.schedule(once, poll.timeoutMillis().getAsLong(), TimeUnit.MILLISECONDS);
    }

    /** Wire protocol, section 5.4. */
    private BookieResponse batch(BookieRequest.BatchRead batch) {
        FakeLedger ledger = ledgers.get(batch.ledgerId());
        List<ByteBuf> entries = new ArrayList<>();
        long used = 36;
        for (long entryId = batch.startEntryId(); ledger != null && entries.size() < batch.maxCount(); entryId++) {
            byte[] entry = ledger.entries.get(entryId);
            used += entry == null ? 0 : entry.length + 4;
            if (entry == null || (!entries.isEmpty() && used > batch.maxSizeBytes())) {
                break;
            }
            entries.add(Unpooled.copiedBuffer(entry));
        }
        Status status = ledger == null ? Status.NO_LEDGER : entries.isEmpty() ? Status.NO_ENTRY : Status.OK;
        return new BookieResponse.BatchRead(
                batch.header().forAnswer(), status, batch.ledgerId(), batch.startEntryId(), entries);
    }

    private static BookieResponse found(BookieRequest.Read read, FakeLedger ledger, long entryId, OptionalLong maxLac) {
        byte[] entry;
        if (entryId == -1) {
            entry = ledger.entries.isEmpty() ? null : ledger.entries.lastEntry().getValue();
        } else {
            entry = ledger.entries.get(entryId);
        }
        return entry == null
                ? answer(read, Status.NO_ENTRY, Optional.empty())
                : answer(read, Status.OK, Optional.of(Unpooled.wrappedBuffer(entry)), maxLac);
    }

    private Status writeLac(BookieRequest.WriteLac write) {
        FakeLedger ledger = ledgers.computeIfAbsent(write.ledgerId(), id -> new FakeLedger(write.masterKey()));
        if (!ledger.accepts(write.masterKey())) {
            return Status.UNAUTHORIZED;
        }
        ledger.explicitLac = Optional.of(ByteBufUtil.getBytes(write.body()));
        ledger.raiseLac(write.body().getLong(write.body().readerIndex() + 8));
        return Status.OK;
    }

    private BookieResponse readLac(BookieRequest.ReadLac read) {
        FakeLedger ledger = ledgers.get(read.ledgerId());
        Optional<byte[]> last = Optional.empty();
        Optional<byte[]> explicit = Optional.empty();
        if (ledger != null) {
            last = Optional.ofNullable(ledger.entries.lastEntry()).map(Map.Entry::getValue);
            explicit = ledger.explicitLac;
        }
        boolean nothing = last.isEmpty() && explicit.isEmpty();
        return new BookieResponse.ReadLac(
                read.header().forAnswer(),
                nothing ? Status.NO_ENTRY : Status.OK,
                read.ledgerId(),
                explicit.map(Unpooled::wrappedBuffer),
                last.map(Unpooled::wrappedBuffer));
    }

    private static BookieResponse answer(BookieRequest request, Status status, Optional<ByteBuf> body) {
        return answer(request, status, body, OptionalLong.empty());
    }

    private static BookieResponse answer(
            BookieRequest request, Status status, Optional<ByteBuf> body, OptionalLong maxLac) {
        FrameHeader header = request.header().forAnswer();
        if (request instanceof BookieRequest.Add add) {
            return new BookieResponse.Add(header, status, add.ledgerId(), add.entryId());
        } else if (request instanceof BookieRequest.Read read) {
            return new BookieResponse.Read(
                    header, status, read.ledgerId(), read.entryId(), body, maxLac, OptionalLong.empty());
        } else if (request instanceof BookieRequest.BatchRead batch) {
            return new BookieResponse.BatchRead(header, status, batch.ledgerId(), batch.startEntryId(), List.of());
        } else if (request instanceof BookieRequest.WriteLac write) {
            return new BookieResponse.WriteLac(header, status, write.ledgerId());
        } else if (request instanceof BookieRequest.Force force) {
            return new BookieResponse.Force(header, status, force.ledgerId());
        } else if (request instanceof BookieRequest.ReadLac read) {
            return new BookieResponse.ReadLac(header, status, read.ledgerId(), Optional.empty(), Optional.empty());
        }
        return new BookieResponse.Bare(header, status);
    }

    private static BookieResponse corrupted(BookieResponse answer) {
        if (answer instanceof BookieResponse.Read read && read.body().isPresent()) {
            ByteBuf body = read.body().get().copy();
            int last = body.writerIndex() - 1;
            body.setByte(last, body.getByte(last) ^ 1);
            return new BookieResponse.Read(
                    read.header(),
                    read.status(),
                    read.ledgerId(),
                    read.entryId(),
                    Optional.of(body),
                    read.maxLac(),
                    read.lacUpdateMillis());
        } else if (answer instanceof BookieResponse.BatchRead batch
                && !batch.entries().isEmpty()) {
            // The last one, so that a batch shows that what comes before it is good.
            ByteBuf body = batch.entries().get(batch.entries().size() - 1);
            int last = body.writerIndex() - 1;
            body.setByte(last, body.getByte(last) ^ 1);
        }
        return answer;
    }

    private static BookieRequest withoutBody(BookieRequest request) {
        return request instanceof BookieRequest.Add add
                ? new BookieRequest.Add(
                        add.header(),
                        add.ledgerId(),
                        add.entryId(),
                        add.masterKey(),
                        Unpooled.EMPTY_BUFFER,
                        add.recovery(),
                        add.writeFlags())
                : request;
    }

    private static void release(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            add.body().release();
        } else if (request instanceof BookieRequest.WriteLac write) {
            write.body().release();
        }
    }
}
