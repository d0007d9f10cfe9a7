package dev.daybook.core.effect;

import java.util.List;

/**
 * Chance as an argument: the same seed gives the same throws on every JDK, so a run can be replayed. Not for secrets.
 * The generator is SplitMix64.
 */
public final class Dice {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public Dice(long seed) {
        this.state = seed;
    }

    public long nextLong() {
        state += GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number from 0 to {@code bound - 1}. The bias for bounds far below 2^63 is of no consequence here. */
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be positive, was " + bound);
        }
        return (int) ((nextLong() >>> 1) % bound);
    }

    public boolean chance(int percent) {
        return below(100) < percent;
    }

    public <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Dice of their own for one part, so that its throws do not shift those of others. */
    public Dice fork() {
        return new Dice(nextLong());
    }
}
