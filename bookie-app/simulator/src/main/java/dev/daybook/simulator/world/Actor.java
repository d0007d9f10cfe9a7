package dev.daybook.simulator.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Somebody who acts: it can freeze, in which case everything that reaches it waits, and die. */
public final class Actor {
    private final World world;
    private final String name;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final List<Runnable> lastWishes = new ArrayList<>();
    private long frozenUntil;
    private boolean dead;

    public Actor(World world, String name) {
        this.world = world;
        this.name = name;
    }

    public String name() {
        return name;
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
