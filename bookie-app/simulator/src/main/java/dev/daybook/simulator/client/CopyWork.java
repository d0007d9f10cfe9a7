package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

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
import dev.daybook.core.repair.RepairTargets;
import dev.daybook.core.repair.RepairTraffic;
import dev.daybook.core.repair.SendProbe;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import dev.daybook.simulator.check.RepairTruth;
import dev.daybook.simulator.world.Actor;
import java.util.Set;
import java.util.function.Consumer;

/** Drives the repair of one ledger, as the client's own driver does. */
final class CopyWork implements RepairTraffic<Packet> {
    private static final RepairLimits LIMITS = new RepairLimits(4, 3);

    private final Surroundings around;
    private final Actor process;
    private final long ledgerId;
    private final RepairTruth truth;
    private final BookieCalls bookies;
    private final LedgerRepair<Packet> core;
    private Consumer<RepairReport> then = report -> {};
    private boolean ended;

    CopyWork(
            Surroundings around,
            Actor process,
            long ledgerId,
            SimRepairs.Start start,
            RepairRequest request,
            ClusterSnapshot cluster,
            RepairTruth truth) {
        this.around = around;
        this.process = process;
        this.ledgerId = ledgerId;
        this.truth = truth;
        this.bookies = start.bookies();
        this.core = new LedgerRepair<>(
                start.record(),
                start.lastConfirmed(),
                request.scope(cluster.alive()),
                new RepairTargets(around.placement(), cluster, Set.of(), request.assigned()),
                LIMITS,
                around.world().dice().fork());
    }

    void start(Consumer<RepairReport> whenDone) {
        then = whenDone;
        around.world().tell(ledgerId, () -> process.name() + " begins to repair");
        step(core::start);
    }

    /** Whatever is left undone. */
    void abandon() {
        around.world().saw("sometimes: repair abandoned");
        around.world().tell(ledgerId, () -> process.name() + " gives up the repair");
        core.abandon();
        core.drainTo(this);
        ended = true;
    }

    void onClusterChanged(ClusterSnapshot cluster) {
        step(() -> core.onClusterChanged(cluster));
    }

    private void step(Runnable change) {
        if (!ended) {
            change.run();
            core.drainTo(this);
        }
    }

    @Override
    public void sendProbe(SendProbe effect) {
        bookies.probe(
                effect.bookie(),
                effect.entryId(),
                Once.of(answer -> step(() -> core.onProbeReply(effect.bookie(), effect.entryId(), answer))));
    }

    @Override
    public void sendRead(SendRead effect) {
        bookies.read(effect.bookie(), effect.entryId(), effect.fence(), Once.of(answer -> {
            if (ended && answer instanceof Answer.Positive<VerifiedEntry<Packet>> late) {
                late.value().payload().release();
            }
            step(() -> core.onReadReply(effect.position(), effect.entryId(), answer));
        }));
    }

    @Override
    public void sendAdd(SendAdd<Packet> effect) {
        truth.onCopySent(ledgerId, effect.entryId(), effect.bookie());
        bookies.add(
                effect,
                false,
                Once.of(reply -> step(() -> {
                    around.world()
                            .tell(
                                    ledgerId,
                                    () -> process.name() + " hears " + reply + " of copy " + effect.entryId() + " from "
                                            + effect.bookie());
                    core.onAddReply(effect.bookie(), effect.entryId(), reply);
                })));
    }

    @Override
    public void discardEntry(DiscardEntry<Packet> effect) {
        effect.entry().payload().release();
    }

    @Override
    public void releasePayload(ReleasePayload<Packet> effect) {
        effect.payload().release();
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        around.metadata()
                .swap(
                        process,
                        ledgerId,
                        effect.metadata(),
                        effect.expectedVersion(),
                        reply -> step(() -> core.onMetadataSwapped(reply)));
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        around.metadata().read(process, ledgerId, reply -> step(() -> core.onMetadataRead(reply)));
    }

    @Override
    public void completeRepair(CompleteRepair effect) {
        require(!ended, "C12", ledgerId, "a repair ends once");
        ended = true;
        around.world().tell(ledgerId, () -> process.name() + " ends the repair: " + effect.outcome());
        around.world()
                .saw("sometimes: repair ends " + effect.outcome().getClass().getSimpleName());
        then.accept(new RepairReport(effect.outcome(), effect.tally()));
    }
}
