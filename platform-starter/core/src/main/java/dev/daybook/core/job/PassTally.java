package dev.daybook.core.job;

import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one pass has found so far. */
final class PassTally {
    /** Beyond that the next pass looks at all ledgers again. */
    private static final int KEPT_MAX = 10_000;

    /** How an obstacle may end. */
    enum Outlook {
        /** By itself, at a time that is known. */
        WAITING,
        /** Perhaps by itself. */
        PASSING,
        /** Not before somebody does something. */
        STANDING
    }

    private final List<LedgerId> kept = new ArrayList<>();
    private Blockers blockers = Blockers.NONE;
    private long moved;
    private boolean waiting;
    private boolean passing;

    void moved() {
        moved++;
    }

    void kept(LedgerId ledger, String why, Outlook outlook) {
        blockers = blockers.plus(new Blocker(ledger, why));
        if (kept.size() < KEPT_MAX) {
            kept.add(ledger);
        }
        waiting |= outlook == Outlook.WAITING;
        passing |= outlook == Outlook.PASSING;
    }

    Blockers blockers() {
        return blockers;
    }

    long movedCount() {
        return moved;
    }

    /** Whether no ledger had anything to move. */
    boolean foundNothing() {
        return moved == 0 && blockers.count() == 0;
    }

    boolean hasWaiting() {
        return waiting;
    }

    boolean hasPassing() {
        return passing;
    }

    /** What the next pass has to look at; empty if it is too much to remember. */
    Optional<List<LedgerId>> rest() {
        return kept.size() < blockers.count() ? Optional.empty() : Optional.of(List.copyOf(kept));
    }
}
