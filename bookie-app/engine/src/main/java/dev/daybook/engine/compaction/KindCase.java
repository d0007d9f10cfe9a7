package dev.daybook.engine.compaction;

import dev.daybook.engine.rule.Tri;
import java.util.List;

/** Whether one kind of compaction runs in this pass. The rows cover every combination of facts exactly once. */
record KindCase(String name, Tri asked, Tri enabled, Tri due, Tri heldByOperator, Tri heldByDisk, Action action) {
    /** What follows. */
    enum Action {
        RUN,
        /** Only what fits into the space that is left, whatever pays most first. */
        RELIEVE,
        WAIT,
        /** An operator asked for what the settings or an operator forbid. */
        REFUSE
    }

    /**
     * @param asked an operator wants it now
     * @param enabled it has a threshold
     * @param due its interval is over
     * @param heldByOperator suspended until resumed
     * @param heldByDisk the disk is too full for it
     */
    record Facts(boolean asked, boolean enabled, boolean due, boolean heldByOperator, boolean heldByDisk) {}

    static final List<KindCase> ALL = List.of(
            row("off, but asked for", Tri.YES, Tri.NO, Tri.ANY, Tri.ANY, Tri.ANY, Action.REFUSE),
            row("off", Tri.NO, Tri.NO, Tri.ANY, Tri.ANY, Tri.ANY, Action.WAIT),
            row("held, but asked for", Tri.YES, Tri.YES, Tri.ANY, Tri.YES, Tri.ANY, Action.REFUSE),
            row("held", Tri.NO, Tri.YES, Tri.ANY, Tri.YES, Tri.ANY, Action.WAIT),
            row("asked for", Tri.YES, Tri.YES, Tri.ANY, Tri.NO, Tri.NO, Action.RUN),
            row("asked for, little room", Tri.YES, Tri.YES, Tri.ANY, Tri.NO, Tri.YES, Action.RELIEVE),
            row("due", Tri.NO, Tri.YES, Tri.YES, Tri.NO, Tri.NO, Action.RUN),
            row("due, little room", Tri.NO, Tri.YES, Tri.YES, Tri.NO, Tri.YES, Action.WAIT),
            row("not due", Tri.NO, Tri.YES, Tri.NO, Tri.NO, Tri.ANY, Action.WAIT));

    /** The one row that fits. */
    static KindCase of(Facts facts) {
        for (KindCase row : ALL) {
            if (row.matches(facts)) {
                return row;
            }
        }
        throw new IllegalStateException("the compaction table has no row for " + facts);
    }

    boolean matches(Facts facts) {
        return asked.matches(facts.asked())
                && enabled.matches(facts.enabled())
                && due.matches(facts.due())
                && heldByOperator.matches(facts.heldByOperator())
                && heldByDisk.matches(facts.heldByDisk());
    }

    private static KindCase row(
            String name, Tri asked, Tri enabled, Tri due, Tri heldByOperator, Tri heldByDisk, Action action) {
        return new KindCase(name, asked, enabled, due, heldByOperator, heldByDisk, action);
    }
}
