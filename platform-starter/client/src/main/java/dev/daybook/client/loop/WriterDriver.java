package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.write.CompleteAdd;
import dev.daybook.core.write.CompleteClose;
import dev.daybook.core.write.LedgerWriter;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import dev.daybook.core.write.WriteFailure;
import dev.daybook.core.write.WriterTraffic;
import dev.daybook.metrics.CallOutcome;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;

/** Drives the writer of one ledger: performs its effects and brings back what they led to. Belongs to the loop. */
final class WriterDriver implements WriterTraffic<OutgoingEntry>, LoopOwned {
    private final LedgerLoop loop;
    private final long ledgerId;
    private final BookieRequests requests;
    private final LedgerWriter<OutgoingEntry> writer;
    private final IdleLac idleLac;
    private final Consumer<CompleteClose.Outcome> whenClosed;

    /** Appends whose entries the core has taken, in entry order. */
    private final ArrayDeque<PendingAppend> waiting = new ArrayDeque<>();

    private volatile WriterView view;

    WriterDriver(
            LedgerLoop loop,
            long ledgerId,
            BookieRequests requests,
            Versioned<LedgerMetadata> created,
            Consumer<CompleteClose.Outcome> whenClosed) {
        this.loop = loop;
        this.ledgerId = ledgerId;
        this.requests = requests;
        this.whenClosed = whenClosed;
        this.writer = new LedgerWriter<>(created, loop.placement(), loop.cluster(), loop.forkDice());
        this.idleLac = new IdleLac(loop, requests, created.value());
        this.view = new WriterView(EntryId.NONE, 0, created.value());
    }

    /** What the application may look at, from any thread. */
    WriterView view() {
        return view;
    }

    /** Several may come before one {@link #drain}. */
    void append(PendingAppend append) {
        if (writer.append(append.entry(), append.entry().payloadBytes()).isPresent()) {
            waiting.add(append);
            return;
        }
        append.entry().release();
        fail(append, failureOf(writer.failure()));
    }

    private LedgerException failureOf(Optional<WriteFailure> failure) {
        return Failures.of(
                ledgerId,
                failure.orElseGet(
                        () -> new WriteFailure(WriteFailure.Kind.HANDLE_CLOSED, "this handle closed the ledger.")));
    }

    void close() {
        writer.close();
        drain();
    }

    @Override
    public void abandon() {
        writer.abandon();
        drain();
    }

    @Override
    public void onClusterChanged(ClusterSnapshot cluster) {
        writer.onClusterChanged(cluster);
        drain();
    }

    void drain() {
        writer.drainTo(this);
        LedgerMetadata metadata = writer.metadata();
        view = new WriterView(writer.lastAddConfirmed(), writer.length(), metadata);
        if (writer.failure().isPresent()) {
            idleLac.stop();
        } else if (writer.pendingAdds() == 0) {
            idleLac.onIdle(writer.lastAddConfirmed(), metadata);
        }
    }

    @Override
    public void sendAdd(SendAdd<OutgoingEntry> effect) {
        idleLac.onSent(effect.lac());
        requests.add(effect, reply -> {
            writer.onAddReply(effect.position(), effect.bookie(), effect.entryId(), reply);
            drain();
        });
    }

    @Override
    public void releasePayload(ReleasePayload<OutgoingEntry> effect) {
        effect.payload().release();
    }

    @Override
    public void completeAdd(CompleteAdd effect) {
        PendingAppend append = waiting.remove();
        if (effect.outcome() instanceof CompleteAdd.Outcome.Failed failed) {
            fail(append, Failures.of(ledgerId, failed.failure()));
        } else {
            EntryId id = new EntryId(effect.entryId());
            measure(append, CallOutcome.OK);
            loop.finish(() -> append.future().complete(id));
        }
    }

    private void fail(PendingAppend append, LedgerException exception) {
        measure(append, Failures.outcomeOf(exception.reason()));
        loop.finish(() -> append.future().completeExceptionally(exception));
    }

    private void measure(PendingAppend append, CallOutcome outcome) {
        int bytes = append.entry().payloadBytes();
        loop.metrics().pendingBytesChanged(-bytes);
        loop.metrics().addCompleted(outcome, loop.net().nanoTime() - append.startNanos(), bytes);
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        boolean ensembleChange = !effect.metadata().isClosed();
        loop.store().swap(ledgerId, effect, reply -> {
            if (ensembleChange && reply instanceof SwapReply.Swapped) {
                loop.metrics().ensembleChanged();
            }
            writer.onMetadataSwapped(reply);
            drain();
        });
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        loop.store().read(ledgerId, reply -> {
            writer.onMetadataRead(reply);
            drain();
        });
    }

    @Override
    public void completeClose(CompleteClose effect) {
        loop.disown(this);
        whenClosed.accept(effect.outcome());
    }
}
