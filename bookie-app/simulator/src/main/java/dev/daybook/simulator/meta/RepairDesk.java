package dev.daybook.simulator.meta;

import dev.daybook.client.meta.repair.RepairChange;
import dev.daybook.client.meta.repair.RepairChange.Expected;
import dev.daybook.client.meta.repair.RepairChange.Outcome;
import dev.daybook.client.meta.repair.RepairPlace;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.BrokenRule;
import dev.daybook.simulator.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What auditors and workers leave for each other, as the service itself has it. */
public final class RepairDesk {
    private final World world;
    private final List<RepairWatch> watches = new ArrayList<>();
    private final Map<RepairPlace, Versioned<byte[]>> values = new HashMap<>();
    private final SortedMap<LedgerId, Lock> locks = new TreeMap<>();

    /** By epoch, so that the first one wins. */
    private final SortedMap<Long, Ballot> votes = new TreeMap<>();

    private final SortedMap<String, Notice> notices = new TreeMap<>();
    /** By session, the number of the newest request that was done. */
    private final Map<Long, Long> sessions = new HashMap<>();

    private final List<Consumer<RepairPlace>> whenPlacesChange = new ArrayList<>();
    private final List<Runnable> whenWorkChanges = new ArrayList<>();
    private final List<Runnable> whenVotesChange = new ArrayList<>();
    private final Set<String> marksRead = new HashSet<>();

    /** Process and ledger of locks that were taken and not given back, although the session may be over. */
    private final Set<String> granted = new HashSet<>();

    private long transactions;
    private long nextSession = 1;

    private record Lock(long session, String process, byte[] holder) {}

    private record Notice(long session, byte[] bytes) {}

    private record Ballot(long session, byte[] candidate) {}

    RepairDesk(World world) {
        this.world = world;
    }

    public void watch(RepairWatch watch) {
        watches.add(watch);
    }

    void onPlacesChanged(Consumer<RepairPlace> listener) {
        whenPlacesChange.add(listener);
    }

    void onWorkChanged(Runnable listener) {
        whenWorkChanges.add(listener);
    }

    void onVotesChanged(Runnable listener) {
        whenVotesChange.add(listener);
    }

    void registrationChanged(BookieId bookie, boolean there) {
        watches.forEach(watch -> watch.onRegistration(bookie, there));
    }

    // Sessions.

    long newSession(Actor client) {
        long number = nextSession++;
        sessions.put(number, 0L);
        world.tell(BrokenRule.NO_LEDGER, () -> client.name() + " has session " + number);
        return number;
    }

    void endSession(long session) {
        if (sessions.remove(session) != null) {
            world.tell(BrokenRule.NO_LEDGER, () -> "session " + session + " ends");
            locks.values().removeIf(lock -> lock.session() == session);
            votes.values().removeIf(vote -> vote.session() == session);
            notices.values().removeIf(notice -> notice.session() == session);
            whenWorkChanges.forEach(Runnable::run);
            whenVotesChange.forEach(Runnable::run);
        }
    }

    boolean isOver(long session) {
        return !sessions.containsKey(session);
    }

    /**
     * Whether the request may be done.
     *
     * @param givenUp its client waits no more: then it must not come after what the session has asked for since
     */
    boolean admits(long session, long request, boolean givenUp) {
        Long newest = sessions.get(session);
        if (newest == null || (givenUp && newest > request)) {
            return false;
        }
        sessions.put(session, Math.max(newest, request));
        return true;
    }

    // Values.

    Optional<Versioned<byte[]>> read(RepairPlace place, String process) {
        Optional<Versioned<byte[]>> found = value(place);
        found.ifPresent(value -> marksRead.add(process + place + value.version()));
        return found;
    }

    Optional<Versioned<byte[]>> value(RepairPlace place) {
        return Optional.ofNullable(values.get(place));
    }

    Outcome change(RepairChange change, long session, String process) {
        if (change.term().isPresent() && !votes.containsKey(change.term().get().epoch())) {
            world.saw("sometimes: the write of a stale auditor fails");
            return Outcome.TERM_OVER;
        }
        Optional<Versioned<byte[]>> before = value(change.place());
        if (!isMet(change, before)) {
            return Outcome.CONFLICT;
        }
        if (change.bytes().isPresent()) {
            byte[] bytes = change.bytes().get();
            values.put(change.place(), new Versioned<>(bytes, ++transactions));
            world.tell(ledgerOf(change.place()), () -> process + " writes " + change.place());
            boolean inOffice = first().filter(vote -> vote.session() == session).isPresent();
            watches.forEach(watch -> watch.onWritten(change.place(), bytes, process, inOffice));
        } else {
            values.remove(change.place());
            transactions++;
            world.tell(ledgerOf(change.place()), () -> process + " removes " + change.place());
            if (change.place() instanceof RepairPlace.Mark mark) {
                byte[] bytes = before.orElseThrow().value();
                boolean seen =
                        marksRead.contains(process + mark + before.orElseThrow().version());
                watches.forEach(watch -> watch.onUnmarked(mark.ledger(), bytes, process, seen));
            }
        }
        if (change.place() instanceof RepairPlace.Mark) {
            whenWorkChanges.forEach(Runnable::run);
        }
        whenPlacesChange.forEach(listener -> listener.accept(change.place()));
        return Outcome.CHANGED;
    }

    private static boolean isMet(RepairChange change, Optional<Versioned<byte[]>> before) {
        if (change.bytes().isEmpty() && before.isEmpty()) {
            return false;
        }
        if (change.expected() instanceof Expected.Version expected) {
            return before.isPresent() && before.get().version() == expected.version();
        }
        return change.expected() instanceof Expected.Anything || before.isEmpty();
    }

    private static long ledgerOf(RepairPlace place) {
        return place instanceof RepairPlace.Mark mark ? mark.ledger().value() : BrokenRule.NO_LEDGER;
    }

    /** Marks of ledgers above {@code after}. */
    public SortedMap<LedgerId, byte[]> marks(Optional<LedgerId> after) {
        SortedMap<LedgerId, byte[]> marks = new TreeMap<>();
        values.forEach((place, value) -> {
            if (place instanceof RepairPlace.Mark mark
                    && after.map(last -> last.compareTo(mark.ledger()) < 0).orElse(true)) {
                marks.put(mark.ledger(), value.value());
            }
        });
        return marks;
    }

    // Locks.

    boolean takeLock(LedgerId ledger, byte[] holder, long session, String process) {
        Lock lock = locks.get(ledger);
        if (lock == null) {
            locks.put(ledger, new Lock(session, process, holder));
            granted.add(process + ledger);
            world.tell(ledger.value(), () -> process + " takes the lock");
            whenWorkChanges.forEach(Runnable::run);
            return true;
        }
        world.saw("sometimes: lock held by somebody else");
        return lock.session() == session;
    }

    void giveBackLock(LedgerId ledger, long session, String process) {
        Lock lock = locks.get(ledger);
        granted.remove(process + ledger);
        if (lock != null && lock.session() == session) {
            locks.remove(ledger);
            world.tell(ledger.value(), () -> lock.process() + " gives the lock back");
            whenWorkChanges.forEach(Runnable::run);
        }
    }

    SortedMap<LedgerId, byte[]> locks() {
        SortedMap<LedgerId, byte[]> held = new TreeMap<>();
        locks.forEach((ledger, lock) -> held.put(ledger, lock.holder()));
        return held;
    }

    /** Whoever holds the lock. */
    public Optional<String> lockedBy(long ledgerId) {
        return Optional.ofNullable(locks.get(new LedgerId(ledgerId))).map(Lock::process);
    }

    /** Whether the process was given the lock and has not given it back since. */
    public boolean wasLockedBy(long ledgerId, String process) {
        return granted.contains(process + new LedgerId(ledgerId));
    }

    /** Ledgers that are locked. */
    public Set<LedgerId> locked() {
        return Set.copyOf(locks.keySet());
    }

    // Notices.

    void post(String name, byte[] notice, long session) {
        notices.put(name, new Notice(session, notice));
    }

    SortedMap<String, byte[]> notices() {
        SortedMap<String, byte[]> all = new TreeMap<>();
        notices.forEach((name, notice) -> all.put(name, notice.bytes()));
        return all;
    }

    // Election.

    /** @return the epoch of the vote of this session, cast now unless it was before */
    long vote(long session, byte[] candidate) {
        for (Map.Entry<Long, Ballot> vote : votes.entrySet()) {
            if (vote.getValue().session() == session) {
                return vote.getKey();
            }
        }
        long epoch = ++transactions;
        votes.put(epoch, new Ballot(session, candidate));
        whenVotesChange.forEach(Runnable::run);
        return epoch;
    }

    boolean isWinner(long epoch) {
        return !votes.isEmpty() && votes.firstKey() == epoch;
    }

    private Optional<Ballot> first() {
        return votes.values().stream().findFirst();
    }

    Optional<byte[]> winner() {
        return first().map(Ballot::candidate);
    }
}
