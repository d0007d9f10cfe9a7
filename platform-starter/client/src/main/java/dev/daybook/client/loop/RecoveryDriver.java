package dev.daybook.client.loop;

import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.recover.CompleteRecovery;
import dev.daybook.core.recover.LedgerRecovery;
import dev.daybook.core.recover.RecoveryLimits;
import dev.daybook.core.recover.RecoveryTraffic;
import dev.daybook.core.recover.SendFence;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Drives the recovery of one ledger. Belongs to the loop. */
final class RecoveryDriver implements RecoveryTraffic<OutgoingEntry>, LoopOwned {
    private final LedgerLoop loop;
    private final long ledgerId;
    private final BookieRequests requests;
    private final LedgerRecovery<OutgoingEntry> recovery;
    private final Consumer<CompleteRecovery.Outcome> whenDone;

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
        recovery.start();
        recovery.drainTo(this);
    }

    @Override
    public void abandon() {
        recovery.abandon();
        recovery.drainTo(this);
    }

    @Override
    public void onClusterChanged(ClusterSnapshot cluster) {
        recovery.onClusterChanged(cluster);
        recovery.drainTo(this);
    }

    @Override
    public void sendFence(SendFence effect) {
        requests.fence(effect.bookie(), answer -> {
            recovery.onFenceReply(effect.position(), effect.bookie(), answer);
            recovery.drainTo(this);
        });
    }

    @Override
    public void sendRead(SendRead effect) {
        requests.fencingRead(effect.bookie(), effect.entryId(), answer -> {
            recovery.onReadReply(effect.position(), effect.bookie(), effect.entryId(), outgoing(answer));
            recovery.drainTo(this);
        });
    }

    private static Answer<VerifiedEntry<OutgoingEntry>> outgoing(Answer<VerifiedEntry<ByteBuf>> answer) {
        if (answer instanceof Answer.Positive<VerifiedEntry<ByteBuf>> positive) {
            VerifiedEntry<ByteBuf> entry = positive.value();
            return Answer.positive(new VerifiedEntry<>(
                    entry.entryId(),
                    entry.lac(),
                    entry.length(),
                    new OutgoingEntry(entry.payload(), () -> {}),
                    entry.payloadBytes()));
        } else if (answer instanceof Answer.Unknown<VerifiedEntry<ByteBuf>> unknown) {
            return Answer.unknown(unknown.reason());
        }
        return Answer.negative();
    }

    @Override
    public void discardEntry(DiscardEntry<OutgoingEntry> effect) {
        effect.entry().payload().release();
    }

    @Override
    public void sendAdd(SendAdd<OutgoingEntry> effect) {
        requests.add(effect, reply -> {
            recovery.onAddReply(effect.position(), effect.bookie(), effect.entryId(), reply);
            recovery.drainTo(this);
        });
    }

    @Override
    public void releasePayload(ReleasePayload<OutgoingEntry> effect) {
        effect.payload().release();
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        loop.store().swap(ledgerId, effect, reply -> {
            recovery.onMetadataSwapped(reply);
            recovery.drainTo(this);
        });
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        loop.store().read(ledgerId, reply -> {
            recovery.onMetadataRead(reply);
            recovery.drainTo(this);
        });
    }

    @Override
    public void completeRecovery(CompleteRecovery effect) {
        loop.disown(this);
        whenDone.accept(effect.outcome());
    }
}
