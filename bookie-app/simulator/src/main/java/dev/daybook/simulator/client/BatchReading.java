package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.read.BatchReader;
import dev.daybook.core.read.BatchTraffic;
import dev.daybook.core.read.CompleteBatch;
import dev.daybook.core.read.DiscardFromBatch;
import dev.daybook.core.read.SendBatchRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.Kind;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads a run of confirmed entries of one fragment by one request, as far as a bookie gives them. */
final class BatchReading implements BatchTraffic<Packet> {
    private final ReadingHandle handle;
    private final BatchReader<Packet> core;
    private final HedgeTimer hedges;
    private final long first;
    private final int count;
    private final LongConsumer whenDone;
    private boolean ended;

    /**
     * @param count of entries wanted
     * @param whenDone told the first entry that is still to be read
     */
    BatchReading(ReadingHandle handle, LedgerMetadata metadata, long first, int count, LongConsumer whenDone) {
        this.handle = handle;
        this.first = first;
        this.count = count;
        this.whenDone = whenDone;
        this.core = new BatchReader<>(
                first,
                count,
                handle.plan().batchBytes(),
                metadata,
                handle.order().of(metadata, first));
        this.hedges = new HedgeTimer(handle, core::isDone, () -> step(core::onHedgeDue));
    }

    void start() {
        step(core::start);
        hedges.start();
    }

    private void step(Runnable call) {
        call.run();
        core.drainTo(this);
    }

    @Override
    public void sendBatchRead(SendBatchRead effect) {
        if (hedges.isHedging()) {
            handle.around().world().saw("sometimes: hedged batch");
        }
        handle.bookies().batchRead(effect, answer -> step(() -> core.onBatchReply(effect.position(), answer)));
    }

    @Override
    public void discardFromBatch(DiscardFromBatch<Packet> effect) {
        handle.around().world().saw("sometimes: entry of a batch thrown away");
        effect.entry().payload().release();
    }

    @Override
    public void completeBatch(CompleteBatch<Packet> effect) {
        handle.tell(() -> "reads a batch from " + first + ": "
                + effect.outcome().getClass().getSimpleName());
        require(!ended, "C12", handle.ledgerId(), "the reading of a batch ends once");
        ended = true;
        effect.slow().forEach(handle.view().health()::slow);
        if (effect.outcome() instanceof CompleteBatch.Outcome.Found<Packet> found) {
            handle.judgeDefects(effect.defects());
            onFound(found.entries());
        } else {
            handle.around().world().saw("sometimes: batch failed");
            whenDone.accept(first);
        }
    }

    private void onFound(List<VerifiedEntry<Packet>> entries) {
        require(
                !entries.isEmpty() && entries.size() <= count,
                "R4",
                handle.ledgerId(),
                "a batch of " + count + " entries has " + entries.size());
        handle.around().world().saw(entries.size() == count ? "sometimes: whole batch" : "sometimes: batch cut short");
        long next = first;
        for (VerifiedEntry<Packet> entry : entries) {
            int operation = handle.invoke(Call.READ, next);
            handle.around().history().end(operation, Kind.OK, handle.take(next, entry), -1, -1, "batch");
            next++;
        }
        whenDone.accept(next);
    }
}
