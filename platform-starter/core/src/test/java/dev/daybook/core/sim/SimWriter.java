package dev.daybook.core.sim;

import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.place.FlatPlacement;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.CompleteAdd;
import dev.daybook.core.write.CompleteClose;
import dev.daybook.core.write.CompleteForce;
import dev.daybook.core.write.LedgerWriter;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.RetryLater;
import dev.daybook.core.write.SendAdd;
import dev.daybook.core.write.SendForce;
import dev.daybook.core.write.WriterTraffic;
import dev.daybook.protocol.model.Durability;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An application that appends, with the driver of its writer. It can freeze, and does not notice. */
final class SimWriter implements WriterTraffic<SimPayload> {
    private static final String NAME = "w";

    private final World world;
    private final SimMetadataStore store;
    private final Checks checks;
    private final SimPayload.Ledger payloads = new SimPayload.Ledger();
    private final LedgerWriter<SimPayload> writer;
    private final Map<Long, Boolean> completed = new HashMap<>();
    private long frozenUntil;
    private int taken;
    private Optional<CompleteClose.Outcome> closed = Optional.empty();

    SimWriter(World world, SimMetadataStore store, Checks checks) {
        this.world = world;
        this.store = store;
        this.checks = checks;
        this.writer = new LedgerWriter<>(
                store.stored(), Durability.SYNCED, new FlatPlacement(), world.snapshot(), world.dice.fork());
    }

    void freeze(long ticks) {
        world.log("w freezes for " + ticks);
        frozenUntil = Math.max(frozenUntil, world.now + ticks);
    }

    void append() {
        whenAwake(() -> {
            int bytes = world.dice.below(9);
            SimPayload payload = payloads.make(taken, bytes);
            var entryId = writer.append(payload, bytes);
            if (entryId.isPresent()) {
                World.require(entryId.getAsLong() == taken, "ids are assigned in order");
                checks.onAppend(taken, bytes);
                taken++;
            } else {
                payload.release();
            }
        });
    }

    void close() {
        whenAwake(writer::close);
    }

    void onClusterChanged() {
        whenAwake(() -> writer.onClusterChanged(world.snapshot()));
    }

    private void whenAwake(Runnable call) {
        if (world.now < frozenUntil) {
            world.after(frozenUntil - world.now, () -> whenAwake(call));
            return;
        }
        call.run();
        writer.drainTo(this);
    }

    @Override
    public void sendAdd(SendAdd<SimPayload> add) {
        world.log("w adds " + add.entryId() + " to " + add.bookie() + " lac " + add.lac());
        World.require(!add.recovery(), "a writer never sends recovery adds");
        world.<AddReply>ask(
                NAME,
                world.bookie(add.bookie()),
                reply -> world.bookie(add.bookie()).add(add, reply),
                AddReply.FAILED,
                answer -> whenAwake(() -> {
                    world.log("w hears " + answer + " of " + add.entryId() + " from " + add.bookie());
                    writer.onAddReply(add.position(), add.bookie(), add.entryId(), answer);
                }));
    }

    @Override
    public void releasePayload(ReleasePayload<SimPayload> effect) {
        effect.payload().release();
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        store.swap(NAME, effect, reply -> whenAwake(() -> writer.onMetadataSwapped(reply)));
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        store.read(reply -> whenAwake(() -> writer.onMetadataRead(reply)));
    }

    @Override
    public void sendForce(SendForce effect) {
        throw new AssertionError("this writer syncs every entry");
    }

    @Override
    public void completeForce(CompleteForce effect) {
        throw new AssertionError("nobody asked for a force");
    }

    @Override
    public void retryLater(RetryLater effect) {
        world.after(1L + world.dice.below(50), () -> whenAwake(writer::onRetryDue));
    }

    @Override
    public void completeAdd(CompleteAdd effect) {
        world.log("w completes " + effect.entryId() + " " + effect.outcome());
        World.require(completed.put(effect.entryId(), true) == null, "an append completes once");
        if (effect.outcome() instanceof CompleteAdd.Outcome.Acknowledged) {
            checks.onAcknowledged(effect.entryId());
        }
    }

    @Override
    public void completeClose(CompleteClose effect) {
        world.log("w close " + effect.outcome());
        World.require(closed.isEmpty(), "a writer is closed once");
        closed = Optional.of(effect.outcome());
    }

    void checkAtRest() {
        World.require(completed.size() == taken, "every append completes, " + completed.size() + " of " + taken);
        World.require(payloads.live() == 0, "the writer gives back every payload");
        World.require(closed.isPresent() == writer.failure().isPresent(), "a poisoned writer closes");
        if (closed.isPresent() && closed.get() instanceof CompleteClose.Outcome.Closed ok) {
            World.require(ok.record().value().equals(store.stored().value()), "the writer's end is the end");
        }
    }
}
