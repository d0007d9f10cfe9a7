package dev.daybook.core.sim;

import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.place.FlatPlacement;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.LastEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.recover.CompleteRecovery;
import dev.daybook.core.recover.LedgerRecovery;
import dev.daybook.core.recover.RecoveryLimits;
import dev.daybook.core.recover.RecoveryTraffic;
import dev.daybook.core.recover.SendFence;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import java.util.Optional;

/** A client that opens with recovery, with the driver of its core. It can die in the middle. */
final class SimRecoverer implements RecoveryTraffic<SimPayload> {
    private final World world;
    private final SimMetadataStore store;
    private final Checks checks;
    private final String name;
    private final SimPayload.Ledger payloads = new SimPayload.Ledger();
    private final LedgerRecovery<SimPayload> recovery;
    private boolean dead;
    private Optional<CompleteRecovery.Outcome> outcome = Optional.empty();

    SimRecoverer(World world, SimMetadataStore store, Checks checks, String name) {
        this.world = world;
        this.store = store;
        this.checks = checks;
        this.name = name;
        this.recovery = new LedgerRecovery<>(
                store.stored(),
                new FlatPlacement(),
                world.snapshot(),
                world.dice.fork(),
                new RecoveryLimits(1 + world.dice.below(3), 1 + world.dice.below(4)));
    }

    void start() {
        world.log(name + " starts");
        recovery.start();
        recovery.drainTo(this);
    }

    void die() {
        world.log(name + " dies");
        dead = true;
    }

    void onClusterChanged() {
        call(() -> recovery.onClusterChanged(world.snapshot()));
    }

    private void call(Runnable call) {
        if (!dead) {
            call.run();
            recovery.drainTo(this);
        }
    }

    @Override
    public void sendFence(SendFence effect) {
        SimBookie bookie = world.bookie(effect.bookie());
        world.<Answer<LastEntry>>ask(
                name,
                bookie,
                bookie::fence,
                Answer.unknown(Answer.Reason.TIMEOUT),
                answer -> call(() -> {
                    world.log(name + " fence of " + effect.bookie() + ": " + answer);
                    recovery.onFenceReply(effect.position(), effect.bookie(), answer);
                }));
    }

    @Override
    public void sendRead(SendRead effect) {
        SimBookie bookie = world.bookie(effect.bookie());
        world.<Answer<SimBookie.Stored>>ask(
                name,
                bookie,
                reply -> bookie.read(effect.entryId(), effect.fence(), reply),
                Answer.unknown(Answer.Reason.TIMEOUT),
                answer -> call(() -> {
                    world.log(name + " read of " + effect.entryId() + " from " + effect.bookie() + ": " + answer);
                    recovery.onReadReply(
                            effect.position(),
                            effect.bookie(),
                            effect.entryId(),
                            SimBookie.Stored.receive(answer, payloads));
                }));
    }

    @Override
    public void sendAdd(SendAdd<SimPayload> add) {
        World.require(add.recovery(), "a recovery sends recovery adds");
        SimBookie bookie = world.bookie(add.bookie());
        world.log(name + " writes back " + add.entryId() + " to " + add.bookie() + " lac " + add.lac());
        world.<AddReply>ask(
                name,
                bookie,
                reply -> bookie.add(add, reply),
                AddReply.FAILED,
                answer -> call(() -> recovery.onAddReply(add.position(), add.bookie(), add.entryId(), answer)));
    }

    @Override
    public void discardEntry(DiscardEntry<SimPayload> effect) {
        effect.entry().payload().release();
    }

    @Override
    public void releasePayload(ReleasePayload<SimPayload> effect) {
        effect.payload().release();
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        store.swap(name, effect, reply -> call(() -> recovery.onMetadataSwapped(reply)));
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        store.read(reply -> call(() -> recovery.onMetadataRead(reply)));
    }

    @Override
    public void completeRecovery(CompleteRecovery effect) {
        world.log(name + " ends " + effect.outcome());
        World.require(outcome.isEmpty(), "a recovery ends once");
        outcome = Optional.of(effect.outcome());
        if (effect.outcome() instanceof CompleteRecovery.Outcome.Closed closed) {
            checks.onRecovered(closed.record().value());
        }
    }

    boolean succeeded() {
        return outcome.isPresent() && outcome.get() instanceof CompleteRecovery.Outcome.Closed;
    }

    void checkAtRest() {
        World.require(dead || outcome.isPresent(), name + " comes to an end");
        World.require(dead || payloads.live() == 0, name + " gives back every payload");
    }
}
