package dev.daybook.core.effect;

/** Checks of what must always be true. They stay on in production: a broken one is a bug, and going on loses data. */
public final class Invariant {
    private Invariant() {}

    /** Names two values that tell the story, because the process that broke the rule will not live to be asked. */
    public static void check(boolean holds, String rule, long left, long right) {
        if (!holds) {
            throw new Broken(rule + " does not hold for " + left + " and " + right);
        }
    }

    public static void check(boolean holds, String rule) {
        if (!holds) {
            throw new Broken(rule + " does not hold");
        }
    }

    /** A bug in Daybook. The owner of the core must stop using it. */
    public static final class Broken extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }
}
