package dev.daybook.core.work;

import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** All cases of an agenda, found by ledger, by risk and by time. A case changes its state only here. */
final class CaseBook {
    /** Enough work for hours; beyond it the least urgent ones are left to later scans. */
    static final int WAITING_MAX = 50_000;

    private final Map<LedgerId, LedgerCase> byLedger = new HashMap<>();
    private final Map<WorkState, Integer> counts = new EnumMap<>(WorkState.class);
    private final TreeSet<LedgerCase> waiting = new TreeSet<>();
    private final Deque<LedgerCase> resuming = new ArrayDeque<>();
    private final TreeSet<LedgerCase> timed = new TreeSet<>(
            Comparator.<LedgerCase>comparingLong(c -> c.untilMillis).thenComparing(c -> c.ledger));

    Optional<LedgerCase> find(LedgerId ledger) {
        return Optional.ofNullable(byLedger.get(ledger));
    }

    /** For answers about a ledger that is under way. */
    LedgerCase get(LedgerId ledger) {
        return find(ledger).orElseThrow(() -> new IllegalStateException("nothing was asked about ledger " + ledger));
    }

    void add(LedgerCase added) {
        byLedger.put(added.ledger, added);
        enter(added);
    }

    /** Forgets the least urgent of those who wait, if they are too many. */
    void trim() {
        while (waiting.size() > WAITING_MAX) {
            remove(waiting.last());
        }
    }

    void remove(LedgerCase removed) {
        leave(removed);
        byLedger.remove(removed.ledger);
    }

    void move(LedgerCase moved, WorkState next) {
        change(moved, () -> moved.state = next);
    }

    void moveUntil(LedgerCase moved, WorkState next, long untilMillis) {
        change(moved, () -> {
            moved.state = next;
            moved.untilMillis = untilMillis;
        });
    }

    void rate(LedgerCase rated, Risk risk) {
        change(rated, () -> {
            rated.risk = risk;
            rated.rated = true;
        });
    }

    /** Whatever the collections are sorted by changes only in here. */
    private void change(LedgerCase changed, Runnable how) {
        leave(changed);
        how.run();
        enter(changed);
    }

    private void enter(LedgerCase entering) {
        counts.merge(entering.state, 1, Integer::sum);
        if (entering.state == WorkState.WAITING_FOR_SLOT) {
            waiting.add(entering);
        } else if (entering.state == WorkState.RESUMING) {
            resuming.add(entering);
        } else if (entering.waitsForTime()) {
            timed.add(entering);
        }
    }

    private void leave(LedgerCase leaving) {
        counts.merge(leaving.state, -1, Integer::sum);
        if (leaving.state == WorkState.WAITING_FOR_SLOT) {
            waiting.remove(leaving);
        } else if (leaving.state == WorkState.RESUMING) {
            resuming.remove(leaving);
        } else if (leaving.waitsForTime()) {
            timed.remove(leaving);
        }
    }

    Optional<LedgerCase> firstResuming() {
        return Optional.ofNullable(resuming.peek());
    }

    Optional<LedgerCase> worst() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first());
    }

    OptionalLong nextTimeMillis() {
        return timed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(timed.first().untilMillis);
    }

    /** Whose time has come. */
    List<LedgerCase> dueBy(long nowMillis) {
        List<LedgerCase> due = new ArrayList<>();
        for (LedgerCase next : timed) {
            if (next.untilMillis > nowMillis) {
                break;
            }
            due.add(next);
        }
        return due;
    }

    Collection<LedgerCase> all() {
        return List.copyOf(byLedger.values());
    }

    int busy() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().isBusy())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    int locked() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().isLocked())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    int count(WorkState state) {
        return counts.getOrDefault(state, 0);
    }
}
