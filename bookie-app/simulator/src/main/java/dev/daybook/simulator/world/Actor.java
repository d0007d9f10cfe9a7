package dev.daybook.simulator.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Somebody who acts: it can freeze, in which case everything that reaches it waits, and die. */
public final class Actor {
    private final World world;
    private final String name;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final List<Runnable> lastWishes = new ArrayList<>();
    private final List<LongConsumer> whenFrozen = new ArrayList<>();
    private long frozenUntil;
    private boolean dead;
    private boolean restless;

    public Actor(World world, String name) {
        this.world = world;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** It works for ever: what it would do if nobody answered does not keep the world from coming to rest. */
    public void neverRests() {
        restless = true;
    }

    /** What happens unless an answer comes before. */
    public void unlessAnswered(long ticks, Runnable action) {
        if (restless) {
            world.afterQuietly(ticks, action);
        } else {
            world.after(ticks, action);
        }
    }

    /** Does it now, or when the process thaws; never after its death. */
    public void act(Runnable step) {
        if (dead) {
            return;
        }
        if (isFrozen()) {
            waiting.add(step);
        } else {
            step.run();
        }
    }

    public boolean isFrozen() {
        return world.now() < frozenUntil || !waiting.isEmpty();
    }

    public void freeze(long ticks) {
        frozenUntil = Math.max(frozenUntil, world.now() + ticks);
        world.after(ticks, this::thaw);
        whenFrozen.forEach(listener -> listener.accept(ticks));
    }

    /** What the world does when the process begins to freeze, for so many ticks. */
    public void onFreeze(LongConsumer listener) {
        whenFrozen.add(listener);
    }

    private void thaw() {
        while (!dead && world.now() >= frozenUntil && !waiting.isEmpty()) {
            Runnable next = waiting.remove();
            next.run();
        }
    }

    /** Ends every freeze. */
    public void wake() {
        frozenUntil = 0;
        thaw();
    }

    /** Nothing reaches it any more. What waited is lost. */
    public void die() {
        if (!dead) {
            dead = true;
            waiting.clear();
            lastWishes.forEach(Runnable::run);
        }
    }

    /** What the world does when the process has died. */
    public void onDeath(Runnable wish) {
        lastWishes.add(wish);
    }

    public boolean isDead() {
        return dead;
    }
}
