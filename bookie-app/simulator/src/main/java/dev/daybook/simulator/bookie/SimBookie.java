package dev.daybook.simulator.bookie;

import dev.daybook.core.effect.Dice;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.server.shard.ScheduledBookie;
import dev.daybook.simulator.check.BookieTruth;
import dev.daybook.simulator.check.RepairTruth;
import dev.daybook.simulator.check.Truth;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.net.Endpoint;
import dev.daybook.simulator.net.Network;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.BrokenRule;
import dev.daybook.simulator.world.World;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.sim.SimulatedCrash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One bookie over all its lives. Between two of them only the disks remain. */
public final class SimBookie implements Endpoint {
    private static final int LIMBO_RETRY_TICKS = 50;

    /** From a flush to a pass that knows of it. */
    private static final int GARBAGE_TICKS = 60;

    private static final int GARBAGE_SPREAD_TICKS = 400;

    private final World world;
    private final BookieId id;
    private final MetadataService metadata;
    private final Network network;
    private final Truth truth;
    private final Dice dice;
    private final SimMachine machine;
    private final Housework housework;
    private BookieMix mix;
    private Actor process;
    private Optional<ScheduledBookie> running = Optional.empty();
    private final JournalMarks marks;
    private final GarbageLives garbage;
    private boolean gone;

    /** What the doubt note in its folders says. */
    private Doubt noted;

    /** Serves requests: recovered, and every ledger in doubt is in limbo. */
    private boolean serving;

    private boolean hidden;
    private int lives;

    /** A step that works on the disks. */
    private interface DiskStep {
        void run(ScheduledBookie bookie) throws IOException;
    }

    public SimBookie(World world, BookieId id, BookieMix mix, MetadataService metadata, Network network, Truth truth) {
        this.world = world;
        this.id = id;
        this.mix = mix;
        this.metadata = metadata;
        this.network = network;
        this.truth = truth;
        this.dice = world.dice().fork();
        this.machine = new SimMachine(dice.fork(), mix.journals(), mix.ledgerFolders());
        this.housework = new Housework(world, dice.fork(), metadata, truth, id);
        this.process = new Actor(world, id.value());
        this.marks = new JournalMarks(id);
        this.garbage = new GarbageLives(world, metadata, truth.bookie(id));
        this.noted = Doubt.none(mix.journals(), mix.ledgerFolders());
        network.register(this);
    }

    // Life and death.

    /** Starts the process, which is to recover; again and again if it dies over it. */
    public void start() {
        if (running.isPresent() || gone) {
            return;
        }
        int life = ++lives;
        process = new Actor(world, id.value());
        BookieTruth mine = truth.bookie(id);
        FoundLosses losses = new FoundLosses(noted, mine.isDestroyed());
        try {
            ScheduledBookie bookie = ScheduledBookie.start(
                    machine.journals(),
                    machine.folders(),
                    mix.sizes(),
                    losses,
                    new LifeSchedule(world, dice, () -> mix, process, action -> step(life, living -> action.run())),
                    (ledgerId, entryId, body) -> mine.onSynced(ledgerId, entryId, Packets.nameOf(body)));
            marks.onStarted(bookie, !mine.isDestroyed());
            running = Optional.of(bookie);
        } catch (SimulatedCrash crash) {
            world.saw("sometimes: crash during recovery");
            diedOnDisk();
            return;
        } catch (IOException e) {
            noted = losses.doubt();
            BrokenRule.require(
                    mine.isDestroyed() && e instanceof StorageDamage,
                    "F1",
                    BrokenRule.NO_LEDGER,
                    id + " does not start although nothing was damaged: " + e.getMessage());
            world.tell(BrokenRule.NO_LEDGER, () -> id + " cannot be saved: " + e.getMessage());
            machine.wipe();
            doubtEverything();
            start();
            return;
        }
        noted = losses.doubt();
        world.tell(BrokenRule.NO_LEDGER, () -> id + " starts" + (noted.isNone() ? "" : " with " + noted));
        flushLater(life);
        garbage.begin(process, action -> step(life, action::accept));
        beLoyal(life);
    }

    /** Puts in limbo what may be lost, then registers. As the start of a server with lost data does. */
    private void beLoyal(int life) {
        if (noted.isNone()) {
            serve();
        } else if (metadata.isAway()) {
            world.after(LIMBO_RETRY_TICKS, () -> step(life, bookie -> beLoyal(life)));
        } else {
            world.saw("sometimes: limbo at start");
            new LimboStart(id, metadata, truth.bookie(id)).run(running.orElseThrow(), noted, this::trust);
        }
    }

    private void trust() {
        running.ifPresent(ScheduledBookie::endDoubt);
        noted = Doubt.none(mix.journals(), mix.ledgerFolders());
        serve();
    }

    private void serve() {
        serving = true;
        for (long ledgerId : truth.bookie(id).fencedLedgers()) {
            receive(Packets.lateAdd(ledgerId), response -> {});
        }
        if (!hidden) {
            metadata.register(id);
        }
    }

    /** Ends the process now. It starts again by itself after a while. */
    public void die(Death death) {
        world.saw("fault: " + death);
        world.tell(BrokenRule.NO_LEDGER, () -> id + " dies: " + death);
        ending(death);
        world.after(world.ticks(mix.restartTicksMax()), this::start);
    }

    /** It never comes back, and what it has is lost. */
    public void loseForGood() {
        world.saw("fault: bookie lost for good");
        gone = true;
        truth.destroy(id);
        die(Death.KILL);
    }

    /** Whether it was lost for good. */
    public boolean isGone() {
        return gone;
    }

    private void ending(Death death) {
        boolean wasUp = serving;
        garbage.end();
        running = Optional.empty();
        serving = false;
        lives++;
        process.die();
        machine.disarm();
        if (death == Death.POWER_CUT) {
            machine.cutPower();
        } else if (death == Death.WIPE) {
            truth.destroy(id);
            machine.wipe();
            doubtEverything();
        }
        if (wasUp) {
            network.disconnect(id);
            // The ephemeral node stays until the session has run out. Who dies again before it serves has no other one.
            world.after(world.ticks(60), () -> {
                if (!serving) {
                    metadata.unregister(id);
                }
            });
        }
    }

    private void doubtEverything() {
        for (int i = 0; i < mix.journals(); i++) {
            noted = noted.withLostJournal(i);
        }
        for (int i = 0; i < mix.ledgerFolders(); i++) {
            noted = noted.withLostStore(i);
        }
    }

    private void diedOnDisk() {
        die(dice.chance(50) ? Death.KILL : Death.POWER_CUT);
    }

    /** The process dies at one of the next operations of its disks. */
    public void crashOnDisk() {
        machine.crashWithin(12);
    }

    /** Flips a bit on the disk, which may not be noticed for long. */
    public void rot() {
        truth.destroy(id);
        try {
            String where = machine.rot();
            world.saw("fault: bit flip");
            world.tell(BrokenRule.NO_LEDGER, () -> id + " rots: " + where);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void freeze(long ticks) {
        world.saw("fault: bookie frozen");
        world.tell(BrokenRule.NO_LEDGER, () -> id + " freezes for " + ticks);
        process.freeze(ticks);
    }

    /** The session with the metadata service ends although the bookie lives, and comes back later. */
    public void loseSession(long ticks) {
        world.saw("fault: bookie lost its session");
        hidden = true;
        metadata.unregister(id);
        world.after(ticks, this::regainSession);
    }

    /** It is registered again. */
    public void regainSession() {
        hidden = false;
        if (serving) {
            metadata.register(id);
        }
    }

    /** Faults stop here. */
    public void heal() {
        mix = mix.calm();
        machine.disarm();
        process.wake();
        regainSession();
        start();
    }

    // Requests.

    @Override
    public BookieId id() {
        return id;
    }

    @Override
    public boolean isUp() {
        return serving;
    }

    @Override
    public void receive(BookieRequest request, Consumer<BookieResponse> reply) {
        int life = lives;
        process.act(() -> step(life, bookie -> {
            bookie.tick(world.now());
            boolean promised = WireTap.hasPromised(truth.bookie(id), request);
            bookie.execute(request, response -> answered(life, request, promised, response, reply));
        }));
        if (request instanceof BookieRequest.Read read && read.longPoll().isPresent()) {
            long wait = read.longPoll().get().timeoutMillis().orElse(0);
            world.after(wait + 1, () -> process.act(() -> step(life, bookie -> bookie.tick(world.now()))));
        }
    }

    private void answered(
            int life,
            BookieRequest request,
            boolean promised,
            BookieResponse response,
            Consumer<BookieResponse> reply) {
        boolean interesting = WireTap.judge(truth.bookie(id), request, promised, response);
        world.tell(Packets.ledgerOf(request), () -> id + " answers " + Packets.show(request, response));
        reply.accept(response);
        if (dice.chance(interesting ? mix.crashAfterReplyPercent() : mix.crashAfterReplyPercent() / 5)) {
            world.saw("fault: crash right after an answer");
            world.after(0, () -> {
                if (lives == life) {
                    diedOnDisk();
                }
            });
        }
    }

    // Loops.

    /** Does a step of this life, whatever becomes of the disk meanwhile. */
    private void step(int life, DiskStep step) {
        if (life != lives || running.isEmpty()) {
            return;
        }
        ScheduledBookie bookie = running.get();
        try {
            step.run(bookie);
        } catch (SimulatedCrash crash) {
            world.saw("fault: crash between disk operations");
            diedOnDisk();
            return;
        } catch (IOException | UncheckedIOException e) {
            failed(String.valueOf(e.getMessage()));
            return;
        }
        if (life == lives && bookie.failure().isPresent()) {
            failed(bookie.failure().get());
        }
    }

    /** Disks fail here only if somebody damaged them. */
    private void failed(String reason) {
        BrokenRule.require(
                truth.bookie(id).isDestroyed(),
                "F1",
                BrokenRule.NO_LEDGER,
                id + " stops although nothing was damaged: " + reason);
        die(Death.KILL);
    }

    private void flushLater(int life) {
        if (mix.flushEveryTicks() == 0) {
            return;
        }
        world.after(mix.flushEveryTicks() / 2 + world.ticks(mix.flushEveryTicks()), () -> {
            if (life == lives && !world.isEnding()) {
                process.act(() -> flush(life));
                flushLater(life);
            }
        });
    }

    /** From the next start on it looks for garbage by itself. */
    public void collectGarbage(RepairTruth judge, long periodTicks) {
        garbage.turnOn(judge, periodTicks);
    }

    /** One flush and one pass more. */
    public void collectGarbageNow() {
        int life = lives;
        process.act(() -> flush(life));
        // At another moment each time, because whoever moves copies has locks at regular ones.
        world.after(GARBAGE_TICKS + world.ticks(GARBAGE_SPREAD_TICKS), () -> process.act(garbage::passNow));
    }

    /** Ledgers of which it has entries, or none while it is down. */
    public Set<Long> livingLedgers() {
        return running.map(ScheduledBookie::livingLedgers).orElse(Set.of());
    }

    /** Nothing of it goes on. */
    public void abandon() {
        garbage.end();
    }

    private void flush(int life) {
        step(life, ScheduledBookie::beginFlush);
        world.after(
                dice.below(20),
                () -> process.act(() -> step(life, bookie -> {
                    bookie.endFlush();
                    marks.onFlushed(bookie);
                    housework.doSome(bookie, !garbage.areOn());
                })));
    }
}
