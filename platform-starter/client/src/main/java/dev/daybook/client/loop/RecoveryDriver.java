package dev.daybook.client.loop;

import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.recover.CompleteRecovery;
import dev.daybook.core.recover.LedgerRecovery;
import dev.daybook.core.recover.RecoveryFailure;
import dev.daybook.core.recover.RecoveryLimits;
import dev.daybook.core.recover.RecoveryTraffic;
import dev.daybook.core.recover.SendFence;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the recovery of one ledger. Belongs to the loop. */
final class RecoveryDriver implements RecoveryTraffic<OutgoingEntry>, AddReplies, LoopOwned {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryDriver.class);

    private final LedgerLoop loop;
    private final long ledgerId;
    private final BookieRequests requests;
    private final LedgerRecovery<OutgoingEntry> recovery;
    private final Consumer<CompleteRecovery.Outcome> whenDone;
    private boolean broken;

    RecoveryDriver(
            LedgerLoop loop,
            long ledgerId,
            BookieRequests requests,
            Versioned<LedgerMetadata> current,
            Consumer<CompleteRecovery.Outcome> whenDone) {
        this.loop = loop;
        this.ledgerId = ledgerId;
        this.requests = requests;
        this.whenDone = whenDone;
        this.recovery = new LedgerRecovery<>(
                current, loop.placement(), loop.cluster(), loop.forkDice(), RecoveryLimits.DEFAULT);
    }

    void start() {
        if (!loop.own(this)) {
            abandon();
            return;
        }
        step(recovery::start);
    }

    /** Enters the core and performs what it asks for. A bug ends this recovery and nothing else. */
    private void step(Runnable change) {
        if (broken) {
            return;
        }
        try {
            change.run();
            recovery.drainTo(this);
        } catch (RuntimeException e) {
            LOG.error("the recovery of ledger {} was stopped by a bug in Daybook", ledgerId, e);
            broken = true;
            completeRecovery(new CompleteRecovery(new CompleteRecovery.Outcome.Failed(new RecoveryFailure(
                    RecoveryFailure.Kind.METADATA_CONFLICT, "A bug in Daybook stopped it; open the ledger again."))));
        }
    }

    @Override
    public void abandon() {
        step(recovery::abandon);
    }

    @Override
    public void onClusterChanged(ClusterSnapshot cluster) {
        step(() -> recovery.onClusterChanged(cluster));
    }

    @Override
    public void sendFence(SendFence effect) {
        requests.fence(
                effect.bookie(),
                answer -> step(() -> recovery.onFenceReply(effect.position(), effect.bookie(), answer)));
    }

    @Override
    public void sendRead(SendRead effect) {
        requests.fencingRead(
                effect.bookie(),
                effect.entryId(),
                answer -> step(() -> recovery.onReadReply(
                        effect.position(), effect.bookie(), effect.entryId(), requests.outgoing(answer))));
    }

    @Override
    public void discardEntry(DiscardEntry<OutgoingEntry> effect) {
        effect.entry().payload().release();
    }

    @Override
    public void sendAdd(SendAdd<OutgoingEntry> effect) {
        requests.add(effect, false, this);
    }

    @Override
    public void onAddReply(SendAdd<OutgoingEntry> sent, AddReply reply) {
        step(() -> recovery.onAddReply(sent.position(), sent.bookie(), sent.entryId(), reply));
    }

    @Override
    public void releasePayload(ReleasePayload<OutgoingEntry> effect) {
        effect.payload().release();
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        loop.store().swap(ledgerId, effect, reply -> step(() -> recovery.onMetadataSwapped(reply)));
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        loop.store().read(ledgerId, reply -> step(() -> recovery.onMetadataRead(reply)));
    }

    @Override
    public void completeRecovery(CompleteRecovery effect) {
        loop.disown(this);
        whenDone.accept(effect.outcome());
    }
}
