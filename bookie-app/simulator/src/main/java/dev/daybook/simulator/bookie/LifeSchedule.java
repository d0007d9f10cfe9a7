package dev.daybook.simulator.bookie;

import dev.daybook.core.effect.Dice;
import dev.daybook.server.shard.ScheduledBookie;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** When the loops of a bookie get to work in one life of its process. */
final class LifeSchedule implements ScheduledBookie.Schedule {
    private final World world;
    private final Dice dice;
    private final Supplier<BookieMix> mix;
    private final Actor process;
    private final Consumer<Runnable> steps;

    /** @param steps does something, unless this life is over */
    LifeSchedule(World world, Dice dice, Supplier<BookieMix> mix, Actor process, Consumer<Runnable> steps) {
        this.world = world;
        this.dice = dice;
        this.mix = mix;
        this.process = process;
        this.steps = steps;
    }

    private void later(long ticks, Runnable step) {
        long stall = dice.chance(mix.get().stallPercent()) ? 9 * ticks + 20 : 0;
        if (stall > 0) {
            world.saw("fault: disk stall");
        }
        world.after(ticks + stall, () -> process.act(() -> steps.accept(step)));
    }

    @Override
    public void journal(Runnable step) {
        later(dice.below(mix.get().journalDelayMax() + 1), step);
    }

    @Override
    public void mailbox(Runnable step) {
        world.after(dice.below(2), () -> process.act(() -> steps.accept(step)));
    }

    @Override
    public void search(Runnable step) {
        later(dice.below(mix.get().searchDelayMax() + 1), step);
    }
}
