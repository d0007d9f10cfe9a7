package dev.daybook.simulator.repair;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.core.audit.Search;
import dev.daybook.server.autorecovery.ScheduledAutoRecovery;
import dev.daybook.simulator.check.RepairTruth;
import dev.daybook.simulator.client.SimRepairs;
import dev.daybook.simulator.client.Surroundings;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One process of auto-recovery over all its lives: worker and candidate for the office of auditor. */
final class Healer {
    private static final long RESTART_TICKS_MAX = 300;

    private final Surroundings around;
    private final World world;
    private final String name;
    private final HealingMix mix;
    private final RepairTruth truth;
    private final Consumer<Actor> whenBorn;
    private Optional<ScheduledAutoRecovery> running = Optional.empty();
    private Optional<Actor> process = Optional.empty();
    private int lives;
    private boolean stopped;

    /** @param whenBorn told of the process of each life */
    Healer(Surroundings around, String name, HealingMix mix, RepairTruth truth, Consumer<Actor> whenBorn) {
        this.around = around;
        this.world = around.world();
        this.name = name;
        this.mix = mix;
        this.truth = truth;
        this.whenBorn = whenBorn;
    }

    /** It comes back by itself whenever it has died. */
    void start() {
        if (stopped) {
            return;
        }
        Actor born = new Actor(world, name + "." + ++lives);
        process = Optional.of(born);
        born.onDeath(() -> {
            running = Optional.empty();
            if (!stopped) {
                world.after(world.ticks(RESTART_TICKS_MAX), this::start);
            }
        });
        whenBorn.accept(born);
        running = Optional.of(ScheduledAutoRecovery.start(
                mix.config(born.name()),
                new Steps(born),
                around.metadata().connect(born, CompletableFuture::new),
                new SimRepairs(around, born, truth),
                world.dice().fork()));
    }

    /** Whether it is the auditor and has taken the order. */
    boolean demand(Search search) {
        return running.filter(healing -> healing.demand(search)).isPresent();
    }

    /** What its worker says of the ledgers that it knows. */
    String report() {
        return running.map(healing -> healing.repairs().works().toString()).orElse("dead");
    }

    /** Its session ends, and it does not know that yet. */
    void expire() {
        process.ifPresent(around.metadata()::expireSession);
    }

    /** It dies and stays dead. */
    void stop() {
        stopped = true;
        process.ifPresent(Actor::die);
    }

    void wake() {
        process.ifPresent(Actor::wake);
    }

    private final class Steps implements ScheduledAutoRecovery.Schedule {
        private final Actor life;

        Steps(Actor life) {
            this.life = life;
        }

        @Override
        public long nowMillis() {
            return world.now() * HealingMix.TICK_MILLIS;
        }

        @Override
        public Subscription later(long delayMillis, Runnable task) {
            boolean[] closed = new boolean[1];
            Runnable step = () -> life.act(() -> {
                if (!closed[0]) {
                    task.run();
                }
            });
            if (delayMillis == 0) {
                world.after(0, step);
            } else {
                world.afterQuietly(1 + delayMillis / HealingMix.TICK_MILLIS, step);
            }
            return () -> closed[0] = true;
        }
    }
}
