package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.recover.CompleteRecovery;
import dev.daybook.core.recover.LedgerRecovery;
import dev.daybook.core.recover.RecoveryLimits;
import dev.daybook.core.recover.RecoveryTraffic;
import dev.daybook.core.recover.SendFence;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.Kind;
import java.util.Optional;
import java.util.function.Consumer;

/** A client that opens one ledger with recovery. */
public final class Recoverer implements RecoveryTraffic<Packet> {
    private final Surroundings around;
    private final World world;
    private final Actor process;
    private final long ledgerId;
    private final Dice dice;
    private final Packet.Holdings holdings = new Packet.Holdings();
    private final ClusterView view;
    private final BookieCalls bookies;
    private final int operation;
    private Optional<LedgerRecovery<Packet>> core = Optional.empty();
    private Optional<LedgerMetadata> closed = Optional.empty();
    private Consumer<Optional<LedgerMetadata>> whenEnded = record -> {};
    private boolean ended;

    public Recoverer(Surroundings around, String name, long ledgerId) {
        this(around, new Actor(around.world(), name), name, ledgerId);
    }

    /** @param name in the history, for this recovery only */
    Recoverer(Surroundings around, Actor process, String name, long ledgerId) {
        this.around = around;
        this.world = around.world();
        this.ledgerId = ledgerId;
        this.dice = world.dice().fork();
        this.process = process;
        this.view = new ClusterView(around, process);
        this.bookies = new BookieCalls(around, process, ledgerId, holdings, view.health());
        this.operation = around.history().invoke(name, name + "#" + ledgerId, Call.RECOVER, ledgerId);
        process.onDeath(() -> around.history().abandon(name));
    }

    public Actor process() {
        return process;
    }

    private void end(Kind kind, String detail) {
        if (!ended) {
            ended = true;
            around.history().end(operation, kind, detail);
            whenEnded.accept(closed);
        }
    }

    /** Told once, with the record if it is closed. */
    void whenEnded(Consumer<Optional<LedgerMetadata>> listener) {
        whenEnded = listener;
    }

    public void start() {
        around.metadata().readPerhapsStale(process, ledgerId, reply -> {
            if (reply instanceof MetadataReply.Found found) {
                recover(found.record());
            } else {
                end(Kind.FAIL, reply.toString());
            }
        });
    }

    private void recover(Versioned<LedgerMetadata> current) {
        world.tell(ledgerId, () -> process.name() + " begins to recover version " + current.version());
        RecoveryLimits limits = new RecoveryLimits(1 + dice.below(4), 1 + dice.below(6));
        core = Optional.of(new LedgerRecovery<>(current, around.placement(), view.refreshed(), dice.fork(), limits));
        view.follow(cluster -> step(() -> recovery().onClusterChanged(cluster)));
        step(recovery()::start);
    }

    private LedgerRecovery<Packet> recovery() {
        return core.orElseThrow();
    }

    private void step(Runnable call) {
        call.run();
        recovery().drainTo(this);
    }

    @Override
    public void sendFence(SendFence effect) {
        bookies.fence(
                effect.bookie(),
                answer -> step(() -> {
                    world.tell(ledgerId, () -> process.name() + " hears fence of " + effect.bookie() + ": " + answer);
                    recovery().onFenceReply(effect.position(), effect.bookie(), answer);
                }));
    }

    @Override
    public void sendRead(SendRead effect) {
        bookies.read(
                effect.bookie(),
                effect.entryId(),
                effect.fence(),
                answer -> step(() -> {
                    world.tell(
                            ledgerId,
                            () -> process.name() + " hears read of " + effect.entryId() + " from " + effect.bookie()
                                    + ": " + answer.getClass().getSimpleName());
                    recovery().onReadReply(effect.position(), effect.bookie(), effect.entryId(), answer);
                }));
    }

    @Override
    public void sendAdd(SendAdd<Packet> effect) {
        bookies.add(
                effect,
                false,
                reply -> step(() -> {
                    world.tell(
                            ledgerId,
                            () -> process.name() + " hears " + reply + " of write-back " + effect.entryId() + " from "
                                    + effect.bookie());
                    recovery().onAddReply(effect.position(), effect.bookie(), effect.entryId(), reply);
                }));
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
                        reply -> step(() -> recovery().onMetadataSwapped(reply)));
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        around.metadata().read(process, ledgerId, reply -> step(() -> recovery().onMetadataRead(reply)));
    }

    @Override
    public void completeRecovery(CompleteRecovery effect) {
        world.tell(ledgerId, () -> process.name() + " ends: " + effect.outcome());
        require(!ended, "C12", ledgerId, "a recovery ends once");
        if (effect.outcome() instanceof CompleteRecovery.Outcome.Closed done) {
            LedgerMetadata record = done.record().value();
            LedgerMetadata.End last = record.end().orElseThrow();
            closed = Optional.of(record);
            ended = true;
            around.history().end(operation, Kind.OK, "", last.lastEntryId(), last.length(), "");
            whenEnded.accept(closed);
        } else if (effect.outcome() instanceof CompleteRecovery.Outcome.Failed failed) {
            world.saw("sometimes: recovery failed by " + failed.failure().kind());
            end(Kind.INFO, failed.failure().toString());
        }
    }

    /** The closed record, if it succeeded. */
    public Optional<LedgerMetadata> closed() {
        return closed;
    }

    public boolean hasEnded() {
        return ended;
    }

    public void checkAtRest() {
        if (!process.isDead()) {
            require(ended, "C12", ledgerId, process.name() + " comes to an end");
            require(holdings.held() == 0, "C13", ledgerId, process.name() + " holds payloads");
        }
    }
}
