package dev.daybook.core.job;

import dev.daybook.core.Fixtures;
import dev.daybook.core.effect.Dice;
import dev.daybook.core.repair.CompleteRepair.Outcome;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.core.repair.Stall;
import dev.daybook.core.repair.StallReason;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A cluster as a table of metadata, and a driver that carries jobs out on it: copying works where anybody has a copy. */
final class JobRoom implements JobTraffic {
    static final JobPace PACE = new JobPace(1_000, 100, 500, 2_000);

    final Map<LedgerId, LedgerMetadata> ledgers = new TreeMap<>();
    final Set<BookieId> writable = new TreeSet<>();
    final Set<BookieId> readOnly = new TreeSet<>();
    final Set<LedgerId> locked = new HashSet<>();
    final Set<BookieId> deaf = new HashSet<>();
    final List<BookieId> cookiesGone = new ArrayList<>();
    final List<JobState> ends = new ArrayList<>();
    final JobCourse course;
    long now;
    private final Dice dice;
    private final Deque<Runnable> todo = new ArrayDeque<>();
    private boolean passRuns;
    private int passNumber;

    JobRoom(JobOrder order, String bookies, long seed) {
        this(order, JobReport.NOTHING, bookies, seed);
    }

    JobRoom(JobOrder order, JobReport before, String bookies, long seed) {
        this.course = new JobCourse(order, before, PACE);
        this.dice = new Dice(seed);
        writable.addAll(Fixtures.bookies(bookies));
    }

    void start() {
        course.onBookies(writable, readOnly, now);
        course.onEnabled(true, now);
        course.start(now);
        drain();
    }

    void kill(BookieId bookie) {
        writable.remove(bookie);
        readOnly.remove(bookie);
        course.onBookies(writable, readOnly, now);
        drain();
    }

    void drain() {
        course.drainTo(this);
    }

    /** One ledger, or if none waits for its turn, time until something is due. */
    boolean step() {
        Runnable next = todo.poll();
        if (next != null) {
            next.run();
        } else if (course.nextTimeMillis().isPresent()) {
            now = Math.max(now, course.nextTimeMillis().getAsLong());
            course.onTime(now);
        } else {
            return false;
        }
        drain();
        return true;
    }

    JobState run() {
        for (int i = 0; i < 100_000 && ends.isEmpty(); i++) {
            if (!step()) {
                throw new AssertionError("it waits for nothing: " + course.report());
            }
        }
        if (ends.size() != 1) {
            throw new AssertionError("it does not end: " + course.report());
        }
        return ends.get(0);
    }

    @Override
    public void beginPass(BeginPass effect) {
        if (passRuns) {
            throw new AssertionError("two passes at once");
        }
        passRuns = true;
        int number = ++passNumber;
        List<LedgerId> turns = effect.ledgers().orElseGet(() -> List.copyOf(ledgers.keySet()));
        for (LedgerId ledger : turns) {
            todo.add(() -> {
                if (number == passNumber && passRuns) {
                    turn(effect.purpose(), ledger);
                }
            });
        }
        todo.add(() -> {
            if (number == passNumber && passRuns) {
                passRuns = false;
                course.onPassEnded(true, now);
            }
        });
    }

    private void turn(BeginPass.Purpose purpose, LedgerId ledger) {
        LedgerMetadata metadata = ledgers.get(ledger);
        if (metadata == null) {
            return;
        }
        if (purpose == BeginPass.Purpose.SURVEY) {
            course.survey(ledger, metadata);
            return;
        }
        Verdict verdict = course.judge(ledger, metadata, now);
        if (verdict == Verdict.MOVE || verdict == Verdict.RECOVER) {
            if (locked.contains(ledger)) {
                course.onLocked(ledger, metadata, "somebody");
                return;
            }
            LedgerMetadata before = metadata;
            if (verdict == Verdict.RECOVER) {
                before = metadata.closedAt(
                        new LedgerMetadata.End(metadata.lastFragment().firstEntryId(), 10));
                ledgers.put(ledger, before);
            }
            course.onRepaired(ledger, before, move(ledger, before), new RepairTally(1, 10, 1), now);
        }
    }

    private Outcome move(LedgerId ledger, LedgerMetadata metadata) {
        Relocation wish = course.relocation(ledger, metadata);
        List<Stall> stalls = new ArrayList<>();
        List<Fragment> fragments = new ArrayList<>();
        for (Fragment fragment : metadata.fragments()) {
            boolean last = fragment.equals(metadata.lastFragment());
            fragments.add(last && !metadata.isClosed() ? fragment : move(metadata, fragment, wish, stalls));
        }
        if (new LedgerShare(metadata, wish.from()).isBeingWritten()) {
            stalls.add(new Stall(StallReason.OPEN, "It is open."));
        }
        LedgerMetadata after = metadata.withFragments(fragments);
        ledgers.put(ledger, after);
        return stalls.isEmpty() ? new Outcome.Whole(new Versioned<>(after, 1)) : new Outcome.Stalled(stalls);
    }

    private Fragment move(LedgerMetadata metadata, Fragment fragment, Relocation wish, List<Stall> stalls) {
        int position = fragment.ensemble().indexOf(wish.from());
        if (position < 0) {
            return fragment;
        }
        Set<BookieId> alive = new HashSet<>(writable);
        alive.addAll(readOnly);
        boolean source = metadata.quorum().write() > 1
                ? fragment.ensemble().stream().anyMatch(alive::contains)
                : alive.contains(wish.from());
        List<BookieId> takers = new ArrayList<>(wish.to().map(List::of).orElseGet(() -> List.copyOf(writable)));
        takers.removeAll(fragment.ensemble());
        takers.retainAll(writable);
        if (!source) {
            stalls.add(new Stall(StallReason.NO_SOURCE, "Nobody has it."));
            return fragment;
        }
        if (takers.isEmpty()) {
            stalls.add(new Stall(StallReason.NO_TARGET, "Nobody takes it."));
            return fragment;
        }
        List<BookieId> ensemble = new ArrayList<>(fragment.ensemble());
        ensemble.set(position, dice.pick(takers));
        return new Fragment(fragment.firstEntryId(), ensemble);
    }

    @Override
    public void stopPass(StopPass effect) {
        passRuns = false;
        todo.clear();
    }

    @Override
    public void holdReadOnly(HoldReadOnly effect) {
        BookieId bookie = effect.bookie();
        if (!deaf.contains(bookie)) {
            Set<BookieId> from = effect.held() ? writable : readOnly;
            Set<BookieId> to = effect.held() ? readOnly : writable;
            if (from.remove(bookie)) {
                to.add(bookie);
                todo.add(() -> course.onBookies(writable, readOnly, now));
            }
        }
    }

    @Override
    public void removeCookie(RemoveCookie effect) {
        cookiesGone.add(effect.bookie());
        todo.add(() -> course.onCookieGone(Optional.empty()));
    }

    @Override
    public void endJob(EndJob effect) {
        ends.add(effect.state());
    }

    boolean isMember(LedgerId ledger, BookieId bookie) {
        return new LedgerShare(ledger(ledger), bookie).exists();
    }

    LedgerMetadata ledger(LedgerId ledger) {
        return Optional.ofNullable(ledgers.get(ledger)).orElseThrow();
    }
}
