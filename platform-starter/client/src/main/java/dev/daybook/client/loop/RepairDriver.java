package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import dev.daybook.client.repair.RepairReport;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.repair.CompleteRepair;
import dev.daybook.core.repair.LedgerRepair;
import dev.daybook.core.repair.RepairLimits;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.core.repair.RepairTargets;
import dev.daybook.core.repair.RepairTraffic;
import dev.daybook.core.repair.SendProbe;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the repair of one ledger. Belongs to the loop. */
final class RepairDriver implements RepairTraffic<OutgoingEntry>, AddReplies, LoopOwned {
    private static final Logger LOG = LoggerFactory.getLogger(RepairDriver.class);

    /** Two runs at once, so that one is read while the other is written; how many begin is the gate's decision. */
    private static final RepairLimits LIMITS = new RepairLimits(64, 128);

    private final LedgerLoop loop;
    private final long ledgerId;
    private final BookieRequests requests;
    private final LedgerRepair<OutgoingEntry> repair;
    private final CopyRuns runs;
    private final boolean refilling;
    private final Promise<RepairReport> promise;
    private volatile RepairTally tally = new RepairTally(0, 0, 0);
    private boolean ended;

    RepairDriver(
            LedgerLoop loop,
            BookieRequests requests,
            RepairStart start,
            RepairRequest request,
            CopyRuns runs,
            Promise<RepairReport> promise) {
        this.loop = loop;
        this.ledgerId = start.ledger().value();
        this.requests = requests;
        this.runs = runs;
        this.refilling = request.refilled().isPresent();
        this.promise = promise;
        ClusterSnapshot cluster = loop.cluster();
        this.repair = new LedgerRepair<>(
                start.record(),
                start.lastConfirmed(),
                request.scope(cluster.alive()),
                new RepairTargets(loop.placement(), cluster, Set.of(), request.assigned()),
                LIMITS,
                loop.forkDice());
    }

    void start() {
        if (!loop.own(this)) {
            abandon();
            return;
        }
        step(repair::start);
    }

    /** Enters the core and performs what it asks for. A bug ends this repair and nothing else. */
    private void step(Runnable change) {
        if (ended) {
            return;
        }
        try {
            change.run();
            tally = repair.tally();
            repair.drainTo(this);
            runs.go();
        } catch (RuntimeException e) {
            LOG.error("the repair of ledger {} was stopped by a bug in Daybook", ledgerId, e);
            end();
            promise.fail(Failures.ofStore(promise.what(), e));
        }
    }

    private void end() {
        ended = true;
        runs.stop();
        loop.disown(this);
    }

    /** What was done so far, from any thread. */
    RepairTally tally() {
        return tally;
    }

    @Override
    public void abandon() {
        end(Failures.clientClosed(promise.what()));
    }

    /** Whatever is left undone. */
    void end(LedgerException why) {
        if (!ended) {
            repair.abandon();
            repair.drainTo(this);
            end();
            promise.fail(why);
        }
    }

    @Override
    public void onClusterChanged(ClusterSnapshot cluster) {
        step(() -> repair.onClusterChanged(cluster));
    }

    @Override
    public void sendProbe(SendProbe effect) {
        runs.probe(
                effect.bookie(),
                effect.entryId(),
                answer -> step(() -> repair.onProbeReply(effect.bookie(), effect.entryId(), answer)));
    }

    @Override
    public void sendRead(SendRead effect) {
        runs.read(effect.bookie(), effect.entryId(), answer -> {
            Answer<VerifiedEntry<OutgoingEntry>> outgoing = requests.outgoing(answer);
            if (ended) {
                release(outgoing);
            }
            step(() -> repair.onReadReply(effect.position(), effect.entryId(), outgoing));
        });
    }

    private void release(Answer<VerifiedEntry<OutgoingEntry>> late) {
        if (late instanceof Answer.Positive<VerifiedEntry<OutgoingEntry>> positive) {
            letGo(positive.value().entryId(), positive.value().payload());
        }
    }

    private void letGo(long entryId, OutgoingEntry payload) {
        payload.release();
        runs.letGo(entryId);
    }

    @Override
    public void discardEntry(DiscardEntry<OutgoingEntry> effect) {
        letGo(effect.entry().entryId(), effect.entry().payload());
    }

    @Override
    public void sendAdd(SendAdd<OutgoingEntry> effect) {
        runs.sending(effect);
        if (refilling) {
            requests.giveBack(effect, this);
        } else {
            requests.copy(effect, this);
        }
    }

    @Override
    public void onAddReply(SendAdd<OutgoingEntry> sent, AddReply reply) {
        runs.answered(sent, reply);
        step(() -> repair.onAddReply(sent.bookie(), sent.entryId(), reply));
    }

    @Override
    public void releasePayload(ReleasePayload<OutgoingEntry> effect) {
        letGo(effect.entryId(), effect.payload());
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        loop.store().swap(ledgerId, effect, reply -> step(() -> repair.onMetadataSwapped(reply)));
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        loop.store().read(ledgerId, reply -> step(() -> repair.onMetadataRead(reply)));
    }

    @Override
    public void completeRepair(CompleteRepair effect) {
        end();
        tally = effect.tally();
        promise.complete(new RepairReport(effect.outcome(), effect.tally()));
    }
}
