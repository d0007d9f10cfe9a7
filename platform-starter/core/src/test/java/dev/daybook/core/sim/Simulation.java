package dev.daybook.core.sim;

import dev.daybook.core.place.FlatPlacement;
import dev.daybook.core.place.Placement;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One ledger, one writer, a few recoverers and a reader, for a while under faults, then in peace until everything has
 * ended. One seed is one run.
 */
final class Simulation {
    private static final long FAULTY_TICKS = 1500;

    private final World world;
    private final Checks checks;
    private final SimMetadataStore store;
    private final SimWriter writer;
    private final SimReader reader;
    private final List<SimRecoverer> recoverers = new ArrayList<>();

    private Simulation(long seed, boolean tracing) {
        world = new World(seed, tracing);
        checks = new Checks(world);
        store = new SimMetadataStore(world, created(world));
        checks.watch(store);
        writer = new SimWriter(world, store, checks);
        reader = new SimReader(world, store, checks);
    }

    private static LedgerMetadata created(World world) {
        Placement<List<BookieId>> placement =
                new FlatPlacement().newEnsemble(world.snapshot(), world.mix.quorum(), Set.of(), world.dice.fork());
        if (placement instanceof Placement.Chosen<List<BookieId>> chosen) {
            return LedgerMetadata.open(
                    world.mix.quorum(),
                    new Fragment(0, chosen.choice()),
                    new LedgerMetadata.Credentials(DigestType.CRC32C, LedgerPassword.EMPTY),
                    Map.of(),
                    1L);
        }
        throw new AssertionError("there are enough bookies at the start");
    }

    /** Throws an AssertionError that names the seed, with the story of the run. */
    static void run(long seed) {
        try {
            new Simulation(seed, false).play();
        } catch (AssertionError | RuntimeException first) {
            throw new AssertionError("core.seed=" + seed + ": " + first.getMessage() + "\n" + story(seed), first);
        }
    }

    /** The same run once more, told line by line. */
    static String story(long seed) {
        Simulation again = new Simulation(seed, true);
        try {
            again.play();
        } catch (AssertionError | RuntimeException same) {
            again.world.log("! " + same.getMessage());
        }
        return String.join("\n", again.world.trace());
    }

    private void play() {
        FaultMix mix = world.mix;
        long time = 0;
        for (int i = 0; i < mix.appends(); i++) {
            time += world.dice.below(mix.appendGapMax());
            world.after(time, writer::append);
        }
        if (mix.writerCloses()) {
            world.after(time + world.dice.below(200), writer::close);
        }
        planFaults(mix, time);
        long firstRecovery = world.dice.below((int) time + 50);
        for (int i = 0; i < mix.recoverers(); i++) {
            world.after(firstRecovery + world.dice.below(mix.recoverySpread()), this::recover);
        }
        world.after(world.dice.below(300), reader::readAll);
        world.runUntil(FAULTY_TICKS);

        world.log("faults stop");
        world.mix = mix.healed();
        world.bookies.forEach(SimBookie::restart);
        everybodySeesTheCluster();
        world.runOut();
        closeAndCheck();
    }

    private void planFaults(FaultMix mix, long busyTicks) {
        int span = (int) busyTicks + 100;
        for (int i = 0; i < mix.crashes(); i++) {
            SimBookie bookie = world.dice.pick(world.bookies);
            long at = world.dice.below(span);
            world.after(at, bookie::crash);
            world.after(at + 1 + world.dice.below(20), this::everybodySeesTheCluster);
            world.after(at + 1 + world.dice.below(300), bookie::restart);
        }
        for (int i = 0; i < mix.writerPauses(); i++) {
            long ticks = world.dice.below(600);
            world.after(world.dice.below(span), () -> writer.freeze(ticks));
        }
    }

    private void recover() {
        SimRecoverer recoverer = new SimRecoverer(world, store, checks, "c" + (recoverers.size() + 1));
        recoverers.add(recoverer);
        recoverer.start();
        if (world.dice.chance(25)) {
            world.after(world.dice.below(200), recoverer::die);
        }
    }

    private void everybodySeesTheCluster() {
        writer.onClusterChanged();
        recoverers.forEach(SimRecoverer::onClusterChanged);
    }

    private void closeAndCheck() {
        SimRecoverer last = new SimRecoverer(world, store, checks, "last");
        last.start();
        world.runOut();
        World.require(last.succeeded(), "recovery succeeds once the faults have stopped");
        checks.checkClosed();
        reader.readAll();
        world.runOut();
        writer.checkAtRest();
        reader.checkAtRest();
        recoverers.forEach(SimRecoverer::checkAtRest);
        last.checkAtRest();
    }
}
