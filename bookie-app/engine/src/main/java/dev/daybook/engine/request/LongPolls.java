package dev.daybook.engine.request;

import dev.daybook.engine.ledger.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads that wait for the last-add-confirmed of their ledger to move (wire protocol, section 6.4). */
final class LongPolls {
    /** @param released gets the wall clock of the LAC update, or nothing if something else ended the wait */
    private record Waiter(long ledgerId, long previousLac, long deadlineMillis, Consumer<OptionalLong> released) {}

    private final Map<Long, List<Waiter>> byLedger = new HashMap<>();
    private final PriorityQueue<Waiter> byDeadline =
            new PriorityQueue<>(Comparator.comparingLong(Waiter::deadlineMillis));

    void add(long ledgerId, long previousLac, long deadlineMillis, Consumer<OptionalLong> released) {
        Waiter waiter = new Waiter(ledgerId, previousLac, deadlineMillis, released);
        byLedger.computeIfAbsent(ledgerId, id -> new ArrayList<>()).add(waiter);
        byDeadline.add(waiter);
    }

    /** Releases those that the ledger's known LAC has passed. */
    void lacRose(Ledger ledger, long nowMillis) {
        release(ledger.id(), waiter -> waiter.previousLac() < ledger.knownLac(), OptionalLong.of(nowMillis));
    }

    /** Releases all that wait for the ledger: it was fenced or deleted. */
    void releaseAll(long ledgerId) {
        release(ledgerId, waiter -> true, OptionalLong.empty());
    }

    void expire(long nowMillis) {
        while (!byDeadline.isEmpty() && byDeadline.peek().deadlineMillis() <= nowMillis) {
            Waiter expired = byDeadline.peek();
            release(expired.ledgerId(), waiter -> waiter.deadlineMillis() <= nowMillis, OptionalLong.empty());
        }
    }

    OptionalLong nextDeadlineMillis() {
        return byDeadline.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(byDeadline.peek().deadlineMillis());
    }

    private void release(long ledgerId, Predicate<Waiter> due, OptionalLong lacUpdateMillis) {
        List<Waiter> waiters = byLedger.get(ledgerId);
        if (waiters == null) {
            return;
        }
        List<Waiter> released = waiters.stream().filter(due).toList();
        waiters.removeAll(released);
        byDeadline.removeAll(released);
        if (waiters.isEmpty()) {
            byLedger.remove(ledgerId);
        }
        released.forEach(waiter -> waiter.released().accept(lacUpdateMillis));
    }
}
