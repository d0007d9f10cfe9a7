package dev.daybook.simulator.bookie;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.engine.request.Verdict;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.server.garbage.ClusterLedgers;
import dev.daybook.server.garbage.LocalLedgers;
import dev.daybook.server.garbage.ScheduledCollection;
import dev.daybook.server.garbage.Turns;
import dev.daybook.server.shard.ScheduledBookie;
import dev.daybook.simulator.check.BookieTruth;
import dev.daybook.simulator.check.RepairTruth;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The bookie's own collector of garbage, in one life of its process. */
final class GarbageLoop {
    private final World world;
    private final BookieId id;
    private final Actor process;
    private final BookieTruth mine;
    private final RepairTruth truth;
    private final Consumer<Consumer<ScheduledBookie>> steps;
    private final Turns turns = new Turns();
    private final ScheduledCollection collection;

    /** Of these it is not known whether they are dropped. */
    private final Set<Long> dropping = new TreeSet<>();

    /** @param steps does something with the bookie, unless this life is over */
    GarbageLoop(
            World world,
            MetadataService metadata,
            BookieTruth mine,
            RepairTruth truth,
            Actor process,
            Consumer<Consumer<ScheduledBookie>> steps) {
        this.world = world;
        this.id = mine.id();
        this.process = process;
        this.mine = mine;
        this.truth = truth;
        this.steps = steps;
        MetadataStore store = metadata.connect(process, turns::answer);
        this.collection = new ScheduledCollection(
                new Held(), new ClusterLedgers(store, id, id.value(), Optional.of(MetadataService.INSTANCE)));
    }

    /** Passes begin again and again, with at least so many ticks between. */
    void start(long periodTicks) {
        world.afterQuietly(
                periodTicks + world.ticks(periodTicks),
                () -> process.act(() -> {
                    if (!world.isEnding()) {
                        passNow();
                        start(periodTicks);
                    }
                }));
    }

    void passNow() {
        if (!turns.isRunning() && !process.isDead()) {
            turns.begin(this::pass);
        }
    }

    private void pass() {
        try {
            collection.pass();
            world.saw("sometimes: garbage collected");
        } catch (IOException e) {
            world.saw("sometimes: garbage collection left out");
        }
    }

    /** The process has died. */
    void end() {
        turns.abandon();
        dropping.forEach(mine::onPerhapsDropped);
        dropping.clear();
    }

    private final class Held implements LocalLedgers {
        @Override
        public long[] ids() {
            long[][] found = {{}};
            steps.accept(bookie -> found[0] = bookie.livingLedgers().stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray());
            return found[0];
        }

        @Override
        public long currentFlush() {
            long[] found = new long[1];
            steps.accept(bookie -> found[0] = bookie.currentFlush());
            return found[0];
        }

        @Override
        public CompletableFuture<Boolean> delete(long ledgerId) {
            return drop(ledgerId, false, (bookie, then) -> bookie.delete(ledgerId, then));
        }

        @Override
        public CompletableFuture<Boolean> evict(long ledgerId, long sinceFlush) {
            return drop(ledgerId, true, (bookie, then) -> bookie.evict(ledgerId, sinceFlush, then));
        }

        private CompletableFuture<Boolean> drop(
                long ledgerId, boolean elsewhere, BiConsumer<ScheduledBookie, Consumer<Verdict>> how) {
            CompletableFuture<Boolean> done = turns.answer();
            mine.onDeleting(ledgerId);
            dropping.add(ledgerId);
            steps.accept(bookie -> how.accept(bookie, verdict -> {
                dropping.remove(ledgerId);
                if (verdict == Verdict.OK) {
                    truth.onDropped(id, ledgerId, elsewhere);
                }
                done.complete(verdict == Verdict.OK);
            }));
            return done;
        }

        @Override
        public long unflushedBytes() {
            return 0;
        }

        @Override
        public void flush() {
            // Flushes come by themselves.
        }
    }
}
