package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.CompleteAdd;
import dev.daybook.core.write.CompleteClose;
import dev.daybook.core.write.CompleteForce;
import dev.daybook.core.write.LedgerWriter;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.RetryLater;
import dev.daybook.core.write.SendAdd;
import dev.daybook.core.write.SendForce;
import dev.daybook.core.write.Taking;
import dev.daybook.core.write.WriteFailure;
import dev.daybook.core.write.WriterTraffic;
import dev.daybook.metrics.CallOutcome;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.EntryId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the writer of one ledger: performs its effects and brings back what they led to. Belongs to the loop. */
final class WriterDriver implements WriterTraffic<OutgoingEntry>, AddReplies, LoopOwned {
    private static final Logger LOG = LoggerFactory.getLogger(WriterDriver.class);

    /** Questions to a metadata service that is away; each lasts until its own deadline besides. */
    private static final Duration RETRY_DELAY_MIN = Duration.ofMillis(100);

    private static final int RETRY_DOUBLINGS_MAX = 6;

    /** How often within the deadline of an append somebody looks whether it is over. */
    private static final int LOOKS_PER_DEADLINE = 8;

    private final LedgerLoop loop;
    private final long ledgerId;
    private final boolean deferredSync;
    private final BookieRequests requests;
    private final LedgerWriter<OutgoingEntry> writer;
    private final IdleLac idleLac;
    private final Consumer<CompleteClose.Outcome> whenClosed;

    /** Appends whose entries the core has taken. */
    private final WaitingAppends waiting;

    private final Map<Long, Consumer<CompleteForce.Outcome>> forces = new HashMap<>();
    private final MissedCopies missed = new MissedCopies();
    private final long appendTimeoutNanos;
    private boolean watchingDeadlines;
    private int storeFailures;

    private final WriterView view;
    private boolean closing;
    private boolean broken;

    WriterDriver(LedgerLoop loop, NewLedger ledger, Consumer<CompleteClose.Outcome> whenClosed) {
        this.loop = loop;
        this.ledgerId = ledger.id().value();
        this.deferredSync = ledger.durability() == Durability.DEFERRED_SYNC;
        this.requests = new BookieRequests(loop, ledgerId, ledger.credentials(), lac -> {});
        this.whenClosed = whenClosed;
        this.writer = new LedgerWriter<>(
                ledger.record(), ledger.durability(), loop.placement(), loop.cluster(), loop.forkDice());
        this.waiting = ledger.chosenIds() ? new WaitingAppends.ById() : new WaitingAppends.InOrder();
        this.idleLac = new IdleLac(loop, requests, ledger.record().value());
        this.appendTimeoutNanos = loop.config().appendTimeout().toNanos();
        this.view = new WriterView(ledger.record().value());
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
        } else {
            watchDeadlines();
        }
    }

    private void append(PendingAppend append) {
        if (closing) {
            refuse(append, new WriteFailure(WriteFailure.Kind.HANDLE_CLOSED, "This handle is closed."));
        } else if (append.chosenId() == PendingAppend.NEXT_ID) {
            OptionalLong entryId = writer.append(append.entry(), append.entry().payloadBytes());
            if (entryId.isPresent()) {
                waiting.add(entryId.getAsLong(), append);
            } else {
                refuse(append, writer.failure().orElseGet(WriterDriver::bug));
            }
        } else {
            Taking taking = writer.append(
                    append.chosenId(), append.entry(), append.entry().payloadBytes());
            switch (taking) {
                case TAKEN -> waiting.add(append.chosenId(), append);
                case DUPLICATE -> refuse(append, Failures.duplicate(ledgerId, append.chosenId()));
                case REFUSED -> refuse(append, writer.failure().orElseGet(WriterDriver::bug));
            }
        }
    }

    private void refuse(PendingAppend append, WriteFailure failure) {
        refuse(append, Failures.of(loop, ledgerId, failure));
    }

    private void refuse(PendingAppend append, LedgerException failure) {
        append.entry().release();
        fail(append, failure);
    }

    void force(Promise<Long> promise) {
        force(outcome -> {
            if (outcome instanceof CompleteForce.Outcome.Forced forced) {
                promise.complete(forced.lastAddConfirmed());
            } else if (outcome instanceof CompleteForce.Outcome.Failed failed) {
                promise.fail(Failures.of(loop, ledgerId, failed.failure()));
            }
        });
    }

    private void force(Consumer<CompleteForce.Outcome> whenDone) {
        if (broken) {
            whenDone.accept(new CompleteForce.Outcome.Failed(bug()));
            return;
        }
        step(() -> forces.put(writer.force(), whenDone));
    }

    /** With deferred sync what is acknowledged is forced first, because the ledger ends at the last forced entry. */
    void close() {
        if (closing) {
            return;
        }
        closing = true;
        if (deferredSync) {
            force(forcedOrNot -> step(writer::close));
        } else {
            step(writer::close);
        }
    }

    @Override
    public void abandon() {
        step(writer::abandon);
    }

    @Override
    public void onClusterChanged(ClusterSnapshot cluster) {
        step(() -> writer.onClusterChanged(cluster));
    }

    @Override
    public void onConnectionLost(BookieId bookie) {
        if (deferredSync) {
            step(() -> writer.onBookieFailed(bookie));
        }
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
            stopBroken(e);
        }
    }

    private void stopBroken(RuntimeException e) {
        LOG.error("the writer of ledger {} was stopped by a bug in Daybook", ledgerId, e);
        broken = true;
        waiting.removeAll().forEach(append -> refuse(append, bug()));
        List.copyOf(forces.values()).forEach(whenDone -> whenDone.accept(new CompleteForce.Outcome.Failed(bug())));
        completeClose(new CompleteClose(new CompleteClose.Outcome.Failed(bug())));
    }

    private static WriteFailure bug() {
        return new WriteFailure(
                WriteFailure.Kind.ILLEGAL, "A bug in Daybook stopped this handle; open the ledger with recovery.");
    }

    /** What the application may look at changes before it hears of it, and once more if the core went on meanwhile. */
    private void drain() {
        view.follow(writer);
        writer.drainTo(this);
        view.follow(writer);
        if (view.hasEnded()) {
            idleLac.stop();
        } else {
            idleLac.onTurn(view.lastAddConfirmed(), writer.pendingAdds() == 0, view.metadata());
        }
    }

    @Override
    public void sendAdd(SendAdd<OutgoingEntry> effect) {
        idleLac.onSent(effect.lac());
        requests.add(effect, deferredSync, this);
    }

    /** As {@link #step}, without making an object: this is what happens most. */
    @Override
    public void onAddReply(SendAdd<OutgoingEntry> sent, AddReply reply) {
        if (broken) {
            return;
        }
        try {
            if (reply != AddReply.STORED && !reply.isFatal()) {
                missed.add(sent.bookie(), sent.entryId());
            }
            writer.onAddReply(sent.position(), sent.bookie(), sent.entryId(), reply);
            drain();
        } catch (RuntimeException e) {
            stopBroken(e);
        }
    }

    @Override
    public void sendForce(SendForce effect) {
        requests.force(
                effect.bookie(),
                synced ->
                        step(() -> writer.onForceReply(effect.forceId(), effect.position(), effect.bookie(), synced)));
    }

    @Override
    public void releasePayload(ReleasePayload<OutgoingEntry> effect) {
        effect.payload().release();
    }

    @Override
    public void completeAdd(CompleteAdd effect) {
        PendingAppend append = waiting.remove(effect.entryId());
        if (effect.outcome() instanceof CompleteAdd.Outcome.Failed failed) {
            fail(append, Failures.of(loop, ledgerId, failed.failure()));
        } else {
            EntryId id = new EntryId(effect.entryId());
            end(append, CallOutcome.OK);
            loop.finish(append.acknowledged(id));
        }
    }

    private void fail(PendingAppend append, LedgerException exception) {
        end(append, Failures.outcomeOf(exception.reason()));
        loop.finish(append.isOverdue() ? append : append.failed(exception));
    }

    private void end(PendingAppend append, CallOutcome outcome) {
        loop.metrics().pendingBytesChanged(-append.entry().payloadBytes());
        if (!append.isOverdue()) {
            measure(append, outcome);
        }
    }

    private void measure(PendingAppend append, CallOutcome outcome) {
        loop.metrics()
                .addCompleted(
                        outcome,
                        append.ageNanos(loop.net().nanoTime()),
                        append.entry().payloadBytes());
    }

    @Override
    public void completeForce(CompleteForce effect) {
        Consumer<CompleteForce.Outcome> whenDone = forces.remove(effect.forceId());
        if (whenDone != null) {
            whenDone.accept(effect.outcome());
        }
    }

    /** Runs while appends wait, and only then. */
    private void watchDeadlines() {
        if (!watchingDeadlines && !waiting.isEmpty()) {
            watchingDeadlines = true;
            Duration pause = loop.config().appendTimeout().dividedBy(LOOKS_PER_DEADLINE);
            loop.net().schedule(this::failOverdue, pause.plusMillis(1));
        }
    }

    /** The entries stay on their way: others wait behind them, and bookies may have them already. */
    private void failOverdue() {
        watchingDeadlines = false;
        for (PendingAppend append :
                waiting.olderThan(appendTimeoutNanos, loop.net().nanoTime())) {
            LedgerException failure = Failures.overdue(ledgerId, loop.config().appendTimeout(), storeFailures > 0);
            measure(append, Failures.outcomeOf(Reason.TIMEOUT));
            append.markOverdue();
            loop.finish(append.failed(failure));
        }
        watchDeadlines();
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        boolean ensembleChange = !effect.metadata().isClosed();
        loop.store().swap(ledgerId, effect, reply -> {
            if (reply instanceof SwapReply.Swapped) {
                storeFailures = 0;
                if (ensembleChange) {
                    loop.metrics().ensembleChanged();
                }
            }
            step(() -> writer.onMetadataSwapped(reply));
        });
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        loop.store().read(ledgerId, reply -> {
            if (!(reply instanceof MetadataReply.Failed)) {
                storeFailures = 0;
            }
            step(() -> writer.onMetadataRead(reply));
        });
    }

    /** Pauses grow, and differ between handles: thousands may wait for the same service. */
    @Override
    public void retryLater(RetryLater effect) {
        storeFailures++;
        long pause = RETRY_DELAY_MIN.toMillis() << Math.min(storeFailures - 1, RETRY_DOUBLINGS_MAX);
        long jitter = loop.forkDice().below((int) pause);
        loop.net().schedule(() -> step(writer::onRetryDue), Duration.ofMillis(pause + jitter));
    }

    @Override
    public void completeClose(CompleteClose effect) {
        loop.disown(this);
        if (effect.outcome() instanceof CompleteClose.Outcome.Closed closed) {
            new RepairHints(loop, ledgerId).onClosed(closed.record().value(), missed, () -> whenClosed.accept(closed));
        } else {
            whenClosed.accept(effect.outcome());
        }
    }
}
