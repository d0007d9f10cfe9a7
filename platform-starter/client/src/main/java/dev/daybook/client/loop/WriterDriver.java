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
import java.util.Queue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the writer of one ledger: performs its effects and brings back what they led to. Belongs to the loop. */
final class WriterDriver implements WriterTraffic<OutgoingEntry>, LoopOwned {
    private static final Logger LOG = LoggerFactory.getLogger(WriterDriver.class);

    private final LedgerLoop loop;
    private final long ledgerId;
    private final BookieRequests requests;
    private final LedgerWriter<OutgoingEntry> writer;
    private final IdleLac idleLac;
    private final Consumer<CompleteClose.Outcome> whenClosed;

    /** Appends whose entries the core has taken, in entry order. */
    private final ArrayDeque<PendingAppend> waiting = new ArrayDeque<>();

    private volatile WriterView view;
    private boolean broken;

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
        this.view = new WriterView(EntryId.NONE, 0, created.value(), false);
    }

    /** What the application may look at, from any thread. */
    WriterView view() {
        return view;
    }

    /** Takes all of them, then performs what follows. */
    void append(Queue<PendingAppend> appends) {
        step(() -> {
            for (PendingAppend next = appends.poll(); next != null; next = appends.poll()) {
                append(next);
            }
        });
        if (broken) {
            for (PendingAppend late = appends.poll(); late != null; late = appends.poll()) {
                refuse(late, bug());
            }
        }
    }

    private void append(PendingAppend append) {
        if (writer.append(append.entry(), append.entry().payloadBytes()).isPresent()) {
            waiting.add(append);
        } else {
            refuse(append, writer.failure().orElseGet(WriterDriver::bug));
        }
    }

    private void refuse(PendingAppend append, WriteFailure failure) {
        append.entry().release();
        fail(append, Failures.of(ledgerId, failure));
    }

    void close() {
        step(writer::close);
    }

    @Override
    public void abandon() {
        step(writer::abandon);
    }

    @Override
    public void onClusterChanged(ClusterSnapshot cluster) {
        step(() -> writer.onClusterChanged(cluster));
    }

    /** Enters the core and performs what it asks for. A bug ends this handle and nothing else. */
    private void step(Runnable change) {
        if (broken) {
            return;
        }
        try {
            change.run();
            drain();
        } catch (RuntimeException e) {
            LOG.error("the writer of ledger {} was stopped by a bug in Daybook", ledgerId, e);
            broken = true;
            waiting.forEach(append -> refuse(append, bug()));
            waiting.clear();
            completeClose(new CompleteClose(new CompleteClose.Outcome.Failed(bug())));
        }
    }

    private static WriteFailure bug() {
        return new WriteFailure(
                WriteFailure.Kind.ILLEGAL, "A bug in Daybook stopped this handle; open the ledger with recovery.");
    }

    private void drain() {
        writer.drainTo(this);
        LedgerMetadata metadata = writer.metadata();
        boolean ended = writer.failure().isPresent();
        view = new WriterView(writer.lastAddConfirmed(), writer.length(), metadata, ended);
        if (ended) {
            idleLac.stop();
        } else if (writer.pendingAdds() == 0) {
            idleLac.onIdle(writer.lastAddConfirmed(), metadata);
        }
    }

    @Override
    public void sendAdd(SendAdd<OutgoingEntry> effect) {
        idleLac.onSent(effect.lac());
        requests.add(
                effect,
                reply -> step(() -> writer.onAddReply(effect.position(), effect.bookie(), effect.entryId(), reply)));
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
            step(() -> writer.onMetadataSwapped(reply));
        });
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        loop.store().read(ledgerId, reply -> step(() -> writer.onMetadataRead(reply)));
    }

    @Override
    public void completeClose(CompleteClose effect) {
        loop.disown(this);
        whenClosed.accept(effect.outcome());
    }
}
