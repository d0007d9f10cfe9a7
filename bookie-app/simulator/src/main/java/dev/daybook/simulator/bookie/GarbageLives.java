package dev.daybook.simulator.bookie;

import dev.daybook.server.shard.ScheduledBookie;
import dev.daybook.simulator.check.BookieTruth;
import dev.daybook.simulator.check.RepairTruth;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import java.util.Optional;
import java.util.function.Consumer;

/** The collectors of garbage of one bookie, one for each life of its process, in runs in which there are any. */
final class GarbageLives {
    private final World world;
    private final MetadataService metadata;
    private final BookieTruth mine;
    private Optional<RepairTruth> truth = Optional.empty();
    private Optional<GarbageLoop> present = Optional.empty();
    private long periodTicks;

    GarbageLives(World world, MetadataService metadata, BookieTruth mine) {
        this.world = world;
        this.metadata = metadata;
        this.mine = mine;
    }

    /** From the next life on. */
    void turnOn(RepairTruth judge, long ticks) {
        truth = Optional.of(judge);
        periodTicks = ticks;
    }

    boolean areOn() {
        return truth.isPresent();
    }

    void begin(Actor process, Consumer<Consumer<ScheduledBookie>> steps) {
        present = truth.map(judge -> new GarbageLoop(world, metadata, mine, judge, process, steps));
        present.ifPresent(loop -> loop.start(periodTicks));
    }

    void passNow() {
        present.ifPresent(GarbageLoop::passNow);
    }

    void end() {
        present.ifPresent(GarbageLoop::end);
        present = Optional.empty();
    }
}
