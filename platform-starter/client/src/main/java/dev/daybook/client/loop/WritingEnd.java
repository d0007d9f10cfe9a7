package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.WriteLedger;
import dev.daybook.core.write.CompleteClose;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The application's end of a writer: checks sizes, waits for room, copies, and leaves the rest to the loop. Thread-safe;
 * entries reach the core in the order in which they are put into the mailbox.
 */
final class WritingEnd implements WriteLedger {
    private final LedgerLoop loop;
    private final LedgerId id;
    private final AppendGate gate;
    private final Promises promises;
    private final WriterDriver driver;
    private final int headerBytes;
    private final Promise<LedgerMetadata> closing;

    /** Ends with {@link #closing}, but on the loop's side, so that {@link #close} may wait on any thread. */
    private final CompletableFuture<LedgerMetadata> closed = new CompletableFuture<>();

    private final Queue<PendingAppend> mailbox = new ConcurrentLinkedQueue<>();
    private final Runnable mailboxTurn = this::emptyMailbox;
    private final AtomicBoolean wakeUpSent = new AtomicBoolean();
    private final AtomicLong submittedBytes = new AtomicLong();

    private WritingEnd(LedgerLoop loop, NewLedger ledger, AppendGate gate, Promises promises) {
        this.loop = loop;
        this.id = ledger.id();
        this.gate = gate;
        this.promises = promises;
        this.headerBytes = gate.headerBytes(ledger.credentials().digest());
        this.closing = promises.make("Closing ledger " + id);
        this.driver = new WriterDriver(loop, ledger, this::onClosed);
    }

    /** Call on the loop. */
    static WritingEnd open(LedgerLoop loop, NewLedger ledger, AppendGate gate, Promises promises) {
        WritingEnd end = new WritingEnd(loop, ledger, gate, promises);
        if (!loop.own(end.driver)) {
            end.driver.abandon();
        }
        return end;
    }

    @Override
    public LedgerId id() {
        return id;
    }

    CompletionStage<EntryId> append(byte[] payload) {
        long start = System.nanoTime();
        try {
            gate.enter(id, headerBytes, payload.length);
        } catch (LedgerException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        return submit(PendingAppend.NEXT_ID, room(payload.length).writeBytes(payload), payload.length, start);
    }

    CompletionStage<EntryId> append(ByteBuffer payload) {
        long start = System.nanoTime();
        int bytes = payload.remaining();
        try {
            gate.enter(id, headerBytes, bytes);
        } catch (LedgerException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        return submit(PendingAppend.NEXT_ID, copyOf(payload), bytes, start);
    }

    CompletionStage<EntryId> append(long chosenId, ByteBuffer payload) {
        long start = System.nanoTime();
        int counted;
        try {
            counted = gate.enter(id, headerBytes, payload.remaining(), () -> isAwaited(chosenId));
        } catch (LedgerException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        return submit(chosenId, copyOf(payload), counted, start);
    }

    private ByteBuf copyOf(ByteBuffer payload) {
        return room(payload.remaining()).writeBytes(payload.duplicate());
    }

    private ByteBuf room(int payloadBytes) {
        return OutgoingEntry.room(loop.net().allocator(), headerBytes, payloadBytes);
    }

    /**
     * @param copy taken over
     * @param counted bytes that the entry holds of the client's limit
     */
    private CompletionStage<EntryId> submit(long chosenId, ByteBuf copy, int counted, long start) {
        CompletableFuture<EntryId> future = new CompletableFuture<>();
        int bytes = copy.readableBytes();
        loop.metrics().pendingBytesChanged(bytes);
        submittedBytes.addAndGet(bytes);
        OutgoingEntry entry = new OutgoingEntry(copy, gate, counted);
        mailbox.add(new PendingAppend(entry, chosenId, future, start));
        wakeUp();
        return future;
    }

    /**
     * Whether everything above the entry waits for it, so that it must not wait for room: only its own acknowledgement
     * makes room again.
     */
    private boolean isAwaited(long chosenId) {
        return chosenId == driver.view().lastAcknowledged() + 1;
    }

    /** One wake-up for all entries that come before the loop looks. */
    private void wakeUp() {
        if (wakeUpSent.compareAndSet(false, true) && !loop.execute(mailboxTurn)) {
            wakeUpSent.set(false);
            failMailbox();
        }
    }

    private void emptyMailbox() {
        wakeUpSent.set(false);
        driver.append(mailbox);
    }

    /** The loop is gone: whoever takes an append out of the mailbox ends it. */
    private void failMailbox() {
        for (PendingAppend next = mailbox.poll(); next != null; next = mailbox.poll()) {
            next.entry().release();
            loop.metrics().pendingBytesChanged(-next.entry().payloadBytes());
            next.failed(Failures.clientClosed("Appending to ledger " + id)).run();
        }
    }

    @Override
    public long lastAddConfirmed() {
        return driver.view().lastAddConfirmed();
    }

    @Override
    public long length() {
        return driver.view().finalLength().orElseGet(submittedBytes::get);
    }

    @Override
    public LedgerMetadata metadata() {
        return driver.view().metadata();
    }

    @Override
    public CompletionStage<Long> force() {
        Promise<Long> promise = promises.make("Forcing ledger " + id);
        loop.execute(() -> {
            emptyMailbox();
            driver.force(promise);
        });
        return promise.stage();
    }

    @Override
    public CompletionStage<LedgerMetadata> closeLedger() {
        loop.execute(() -> {
            emptyMailbox();
            driver.close();
        });
        return closing.stage();
    }

    private void onClosed(CompleteClose.Outcome outcome) {
        if (outcome instanceof CompleteClose.Outcome.Closed end) {
            closed.complete(end.record().value());
            closing.complete(end.record().value());
        } else if (outcome instanceof CompleteClose.Outcome.Failed failed) {
            LedgerException failure = Failures.of(loop, id.value(), failed.failure());
            closed.completeExceptionally(failure);
            closing.fail(failure);
        }
    }

    @Override
    public void close() {
        closeLedger();
        if (loop.net().isCurrentThread()) {
            return; // It would wait for itself.
        }
        if (gate.isClosed() && !closed.isDone()) {
            throw Failures.clientClosed("Closing ledger " + id);
        }
        try {
            closed.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException(
                    Reason.TIMEOUT, "Closing ledger " + id + " was interrupted and goes on in the background", e);
        } catch (ExecutionException e) {
            throw Failures.ofStore("Closing ledger " + id, e.getCause() == null ? e : e.getCause());
        }
    }
}
