package dev.daybook.client.loop;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.core.write.CompleteClose;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.Versioned;
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
 * entries get their ids in the order in which they are put into the mailbox.
 */
final class WritingHandle implements AppendLedger {
    private final LedgerLoop loop;
    private final LedgerId id;
    private final AppendGate gate;
    private final WriterDriver driver;
    private final int headerBytes;
    private final Promise<LedgerMetadata> closing;

    /** Ends with {@link #closing}, but on the loop's side, so that {@link #close} may wait on any thread. */
    private final CompletableFuture<LedgerMetadata> closed = new CompletableFuture<>();

    private final Queue<PendingAppend> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeUpSent = new AtomicBoolean();
    private final AtomicLong submittedBytes = new AtomicLong();

    private WritingHandle(
            LedgerLoop loop,
            LedgerId id,
            Versioned<LedgerMetadata> created,
            Credentials credentials,
            AppendGate gate,
            Promises promises) {
        this.loop = loop;
        this.id = id;
        this.gate = gate;
        this.headerBytes = gate.headerBytes(credentials.digest());
        this.closing = promises.make("Closing ledger " + id);
        BookieRequests requests = new BookieRequests(loop, id.value(), credentials, lac -> {});
        this.driver = new WriterDriver(loop, id.value(), requests, created, this::onClosed);
    }

    /** Call on the loop. */
    static WritingHandle open(
            LedgerLoop loop,
            LedgerId id,
            Versioned<LedgerMetadata> created,
            Credentials credentials,
            AppendGate gate,
            Promises promises) {
        WritingHandle handle = new WritingHandle(loop, id, created, credentials, gate, promises);
        if (!loop.own(handle.driver)) {
            handle.driver.abandon();
        }
        return handle;
    }

    @Override
    public LedgerId id() {
        return id;
    }

    @Override
    public CompletionStage<EntryId> append(byte[] payload) {
        return append(ByteBuffer.wrap(payload));
    }

    @Override
    public CompletionStage<EntryId> append(ByteBuffer payload) {
        long start = System.nanoTime();
        CompletableFuture<EntryId> future = new CompletableFuture<>();
        int bytes = payload.remaining();
        try {
            gate.enter(id, headerBytes, bytes);
        } catch (LedgerException refusal) {
            future.completeExceptionally(refusal);
            return future;
        }
        ByteBuf copy = loop.net().allocator().buffer(bytes).writeBytes(payload.duplicate());
        loop.metrics().pendingBytesChanged(bytes);
        submittedBytes.addAndGet(bytes);
        mailbox.add(new PendingAppend(new OutgoingEntry(copy, () -> gate.leave(bytes)), future, start));
        wakeUp();
        return future;
    }

    /** One wake-up for all entries that come before the loop looks. */
    private void wakeUp() {
        if (wakeUpSent.compareAndSet(false, true) && !loop.execute(this::emptyMailbox)) {
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
            next.future().completeExceptionally(Failures.clientClosed("Appending to ledger " + id));
        }
    }

    @Override
    public long lastAddConfirmed() {
        return driver.view().lastAddConfirmed();
    }

    @Override
    public long length() {
        WriterView view = driver.view();
        return view.ended() ? view.length() : submittedBytes.get();
    }

    @Override
    public LedgerMetadata metadata() {
        return driver.view().metadata();
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
            LedgerException failure = Failures.of(id.value(), failed.failure());
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
