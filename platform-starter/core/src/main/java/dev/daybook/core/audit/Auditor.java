package dev.daybook.core.audit;

import dev.daybook.core.effect.Invariant;
import dev.daybook.core.effect.Outbox;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The auditor of the cluster, for as long as it is elected. It decides when to search for what; the searches themselves,
 * one at a time, are its driver's. Source: auto-recovery specification, sections 3.2 to 3.4.
 *
 * <p>Different from there, bookies that are within their delay are spared by every search for lost bookies, not only by
 * the one that their loss causes: otherwise an auditor that is elected during a rolling restart marks their ledgers.
 *
 * <p>Not thread-safe: one loop owns it, calls one method at a time and then drains the outbox.
 */
public final class Auditor {
    private static final long MILLIS_PER_SECOND = 1_000;

    /** After a search for lost bookies that was given up. */
    private static final long RETRY_MILLIS = 5 * MILLIS_PER_SECOND;

    private final Outbox<AuditTraffic> outbox = new Outbox<>();
    private final SearchPlan plan;
    private final Set<BookieId> known;
    private final Set<BookieId> pending = new HashSet<>();

    /** Searches that wait for their turn. */
    private final Deque<Search> due = new ArrayDeque<>();

    /** Searches that fell due while everything was switched off. */
    private final EnumSet<Search> missed = EnumSet.noneOf(Search.class);

    private Set<BookieId> available = Set.of();
    private Optional<Search> running = Optional.empty();
    private long delaySeconds;
    private boolean waitingForReturn;
    private boolean enabled;
    private boolean started;

    /** @param known bookies that the cluster knows of, dead or alive, for instance by their cookies */
    public Auditor(SearchPlan plan, Set<BookieId> known, long delaySeconds, boolean enabled) {
        this.plan = plan;
        this.known = new HashSet<>(known);
        this.delaySeconds = delaySeconds;
        this.enabled = enabled;
    }

    /**
     * Call once, when it was elected.
     *
     * @param nowAvailable bookies that are registered, for writing or for reading only
     * @param sinceMillis how long ago each search was completed by whomever; absent if never
     */
    public void start(Set<BookieId> nowAvailable, Map<Search, Long> sinceMillis) {
        Invariant.check(!started, "an auditor starts once");
        started = true;
        onBookies(nowAvailable);
        demand(Search.LOST_BOOKIES);
        for (Search search : EnumSet.complementOf(EnumSet.of(Search.LOST_BOOKIES))) {
            long interval = plan.intervalOf(search);
            if (interval > 0) {
                Long since = sinceMillis.get(search);
                long left = since == null ? 0 : Math.max(0, interval - since);
                outbox.emit(new StartTimer(AuditTimer.due(search), left));
            }
        }
    }

    /** The registrations have changed; a read-only bookie is available. */
    public void onBookies(Set<BookieId> nowAvailable) {
        available = Set.copyOf(nowAvailable);
        known.addAll(available);
        pending.removeAll(available);
        if (pending.isEmpty()) {
            stopWaiting();
        }
        Set<BookieId> gone = new HashSet<>(known);
        gone.removeAll(available);
        known.removeAll(gone);
        pending.addAll(gone);
        if (gone.isEmpty()) {
            return;
        }
        outbox.emit(new LossNoticed(gone, delaySeconds * MILLIS_PER_SECOND));
        if (delaySeconds == 0 || pending.size() > 1) {
            giveUpWaiting();
        } else {
            awaitReturn(delaySeconds);
        }
    }

    private void awaitReturn(long seconds) {
        waitingForReturn = true;
        outbox.emit(new StartTimer(AuditTimer.RETURN, seconds * MILLIS_PER_SECOND));
    }

    private void stopWaiting() {
        if (waitingForReturn) {
            waitingForReturn = false;
            outbox.emit(new CancelTimer(AuditTimer.RETURN));
        }
    }

    /** Whoever is away now counts as lost. */
    private void giveUpWaiting() {
        stopWaiting();
        pending.clear();
        demand(Search.LOST_BOOKIES);
    }

    /** Somebody has written the delay; writing the present value again asks for a search now. */
    public void onDelay(long seconds) {
        boolean now = seconds == 0 || seconds == delaySeconds;
        delaySeconds = seconds;
        boolean waited = waitingForReturn;
        stopWaiting();
        if (now) {
            giveUpWaiting();
        } else if (waited) {
            awaitReturn(seconds);
        }
    }

    /** An operator wants this search now, unless it waits for its turn already. */
    public void onDemand(Search search) {
        demand(search);
    }

    /** The whole of auto-recovery was switched on or off. */
    public void onEnabled(boolean nowEnabled) {
        enabled = nowEnabled;
        if (enabled) {
            EnumSet<Search> late = EnumSet.copyOf(missed);
            missed.clear();
            late.forEach(this::demand);
            beginNext();
        }
    }

    public void onTimer(AuditTimer timer) {
        if (timer == AuditTimer.RETURN) {
            if (waitingForReturn) {
                waitingForReturn = false;
                giveUpWaiting();
            }
            return;
        }
        for (Search search : Search.values()) {
            if (AuditTimer.due(search) == timer) {
                onDue(search);
            }
        }
    }

    /** A cluster that is known to be degraded is not searched for more: the search for the lost bookie comes first. */
    private void onDue(Search search) {
        if (search != Search.LOST_BOOKIES && (waitingForReturn || !enabled)) {
            scheduleNext(search);
        } else {
            demand(search);
        }
    }

    private void demand(Search search) {
        if (!enabled) {
            missed.add(search);
        } else if (!due.contains(search)) {
            due.add(search);
            beginNext();
        }
    }

    private void beginNext() {
        if (running.isEmpty() && enabled && !due.isEmpty()) {
            Search next = due.remove();
            running = Optional.of(next);
            outbox.emit(new BeginSearch(next, pending));
        }
    }

    /** @param completed false if it was given up, because everything was switched off or the store did not answer */
    public void onSearched(Search search, boolean completed) {
        Invariant.check(running.isPresent() && running.get() == search, "one search at a time");
        running = Optional.empty();
        if (!completed && search == Search.LOST_BOOKIES) {
            // Somebody is lost, and nobody will say so a second time.
            retrySoon(search);
        } else {
            scheduleNext(search);
        }
        beginNext();
    }

    private void retrySoon(Search search) {
        if (enabled) {
            outbox.emit(new StartTimer(AuditTimer.due(search), RETRY_MILLIS));
        } else {
            missed.add(search);
        }
    }

    private void scheduleNext(Search search) {
        long interval = plan.intervalOf(search);
        if (interval > 0) {
            outbox.emit(new StartTimer(AuditTimer.due(search), interval));
        }
    }

    /** Bookies that are away and may come back before anything is done about it. */
    public Set<BookieId> awaited() {
        return Set.copyOf(pending);
    }

    /** Bookies that nothing is done about: those that are there, and those that may come back before anything is. */
    public Set<BookieId> expected() {
        Set<BookieId> expected = new HashSet<>(available);
        expected.addAll(pending);
        return expected;
    }

    public void drainTo(AuditTraffic handler) {
        outbox.drainTo(handler);
    }
}
