package dev.daybook.core.job;

import dev.daybook.core.effect.Outbox;
import dev.daybook.core.job.BeginPass.Purpose;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.repair.CompleteRepair.Outcome;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One job from its beginning, or from where somebody else has left it, to its end: passes over ledgers, until one finds
 * nothing more to move or nothing moves any more. All that it knows of ledgers comes from their metadata, so it can be
 * taken up at any point.
 *
 * <p>Not thread-safe: one loop owns it, calls one method at a time and then drains the outbox. Times are those of one
 * monotonic clock, milliseconds.
 */
public final class JobCourse {
    /** How many passes in a row must find nothing but what stands. */
    private static final int STANDSTILLS_MAX = 2;

    private enum Phase {
        READYING,
        SURVEYING,
        MOVING,
        PAUSING,
        CLEARING,
        ENDED
    }

    private final Outbox<JobTraffic> outbox = new Outbox<>();
    private final JobOrder order;
    private final JobPace pace;
    private final LedgerTurns turns;
    private Phase phase = Phase.READYING;
    private Set<BookieId> writable = Set.of();
    private Set<BookieId> alive = Set.of();
    private boolean enabled;
    private Blockers blockers;
    private String remark = "";
    private Optional<JobSurvey> survey = Optional.empty();
    private boolean surveyed;
    private boolean passOverAll;
    private Optional<List<LedgerId>> rest = Optional.empty();
    private int standstills;
    private long progressMillis;
    private OptionalLong writableSince = OptionalLong.empty();
    private OptionalLong timer = OptionalLong.empty();

    /** @param before what others have done of it */
    public JobCourse(JobOrder order, JobReport before, JobPace pace) {
        this.order = order;
        this.pace = pace;
        JobProgress done = before.progress();
        this.turns = new LedgerTurns(
                order,
                pace,
                order instanceof Rebalance rebalance
                        ? new JobProgress(rebalance.moves().size(), 0, done.copies(), done.bytes())
                        : done);
        this.blockers = before.blockers();
    }

    /** Call once. Nothing is moved before bookies are known and repair is known to be switched on. */
    public void start(long nowMillis) {
        progressMillis = nowMillis;
        getReady(nowMillis);
    }

    /** Bookies as they are now. That nobody is there is not believed. */
    public void onBookies(Set<BookieId> nowWritable, Set<BookieId> nowReadOnly, long nowMillis) {
        writable = Set.copyOf(nowWritable);
        Set<BookieId> all = new HashSet<>(nowWritable);
        all.addAll(nowReadOnly);
        alive = all;
        turns.onAlive(all);
        getReady(nowMillis);
    }

    /** Whether repair is switched on in the cluster, which jobs obey as well. */
    public void onEnabled(boolean now, long nowMillis) {
        enabled = now;
        if (!enabled && (phase == Phase.SURVEYING || phase == Phase.MOVING || phase == Phase.PAUSING)) {
            outbox.emit(new StopPass());
            rest = Optional.empty();
            phase = Phase.READYING;
        }
        getReady(nowMillis);
    }

    private void getReady(long nowMillis) {
        if (phase != Phase.READYING) {
            return;
        }
        timer = OptionalLong.empty();
        if (alive.isEmpty()) {
            remark = "It is not known yet which bookies there are.";
        } else if (!enabled) {
            remark = "Auto-recovery is switched off for the cluster, so nothing is moved: switch it on with"
                    + " 'daybook autorecovery on'.";
        } else if (order instanceof Evacuation evacuation && !surveyed) {
            phase = Phase.SURVEYING;
            remark = "Looks for ledgers that have copies on " + evacuation.bookie() + ".";
            survey = Optional.of(new JobSurvey(evacuation, alive, writable));
            outbox.emit(new BeginPass(Purpose.SURVEY, Optional.empty()));
        } else if (order.leaving().filter(writable::contains).isPresent()) {
            awaitReadOnly(order.leaving().get(), nowMillis);
        } else {
            writableSince = OptionalLong.empty();
            beginMoving(rest);
        }
    }

    /** Otherwise new ledgers would go on to choose it. */
    private void awaitReadOnly(BookieId bookie, long nowMillis) {
        if (writableSince.isEmpty()) {
            writableSince = OptionalLong.of(nowMillis);
        }
        long end = writableSince.getAsLong() + pace.readOnly();
        if (nowMillis >= end) {
            end(
                    JobState.BLOCKED,
                    "Bookie " + bookie + " takes new entries still, so it would never be empty: make it read-only, and"
                            + " begin again.");
        } else {
            remark = "Bookie " + bookie + " was asked to take no new entries, and takes some still.";
            timer = OptionalLong.of(end);
        }
    }

    private void beginMoving(Optional<List<LedgerId>> ledgers) {
        phase = Phase.MOVING;
        remark = "";
        passOverAll = ledgers.isEmpty();
        turns.beginPass(passOverAll);
        rest = Optional.empty();
        Optional<List<LedgerId>> chosen = order instanceof Rebalance rebalance && ledgers.isEmpty()
                ? Optional.of(rebalance.moves().stream().map(Move::ledger).toList())
                : ledgers;
        outbox.emit(new BeginPass(Purpose.MOVE, chosen));
    }

    /** One ledger of a pass that surveys. */
    public void survey(LedgerId ledger, LedgerMetadata metadata) {
        if (phase == Phase.SURVEYING) {
            survey.ifPresent(counting -> counting.add(ledger, metadata));
        }
    }

    /** What to do with one ledger of a pass that moves, whose metadata were read just now. */
    public Verdict judge(LedgerId ledger, LedgerMetadata metadata, long nowMillis) {
        return phase == Phase.MOVING ? turns.judge(ledger, metadata, nowMillis) : Verdict.UNCONCERNED;
    }

    /** Where the ledger's copies go: who has some of them already cannot take more. */
    public Relocation relocation(LedgerId ledger, LedgerMetadata metadata) {
        return turns.relocation(ledger, metadata);
    }

    /** Somebody else has the ledger's lock. */
    public void onLocked(LedgerId ledger, LedgerMetadata metadata, String holder) {
        turns.keep(ledger, metadata, Reasons.locked(holder));
    }

    /** @param why one sentence for a person */
    public void onFailed(LedgerId ledger, LedgerMetadata metadata, String why) {
        turns.keep(ledger, metadata, why);
    }

    /** Nobody can say whether it has anything to be moved. */
    public void onUnreadable(LedgerId ledger, String why) {
        turns.keepUnread(ledger, why);
    }

    /** @param metadata as they were before */
    public void onRepaired(
            LedgerId ledger, LedgerMetadata metadata, Outcome outcome, RepairTally tally, long nowMillis) {
        turns.onRepaired(ledger, metadata, outcome, tally, nowMillis);
    }

    /** @param complete whether all ledgers of the pass had their turn */
    public void onPassEnded(boolean complete, long nowMillis) {
        if (phase == Phase.SURVEYING) {
            if (complete) {
                onSurveyed(nowMillis);
            } else {
                pause("The ledgers could not all be looked at; it is tried again.", nowMillis);
            }
        } else if (phase == Phase.MOVING) {
            blockers = turns.pass().blockers();
            if (complete) {
                onAllHadTheirTurn(nowMillis);
            } else {
                pause("Not all ledgers had their turn; it is tried again.", nowMillis);
            }
        }
    }

    /** Only an order that is not refused makes its bookie read-only. */
    private void onSurveyed(long nowMillis) {
        surveyed = true;
        JobPlan plan = survey.orElseThrow().plan();
        survey = Optional.empty();
        turns.expect(plan.ledgers());
        if (plan.refusal().isEmpty()) {
            order.leaving().ifPresent(bookie -> outbox.emit(new HoldReadOnly(bookie, true)));
            phase = Phase.READYING;
            getReady(nowMillis);
        } else {
            blockers = plan.foreseen();
            end(JobState.BLOCKED, plan.refusal());
        }
    }

    private void onAllHadTheirTurn(long nowMillis) {
        PassTally pass = turns.pass();
        if (pass.movedCount() > 0) {
            progressMillis = nowMillis;
            standstills = 0;
        }
        if (blockers.count() == 0) {
            if (order instanceof Rebalance || (passOverAll && pass.foundNothing())) {
                finish();
            } else {
                // Only a look at everything tells that nothing came there meanwhile.
                beginMoving(Optional.empty());
            }
            return;
        }
        if (passOverAll) {
            turns.allBut(blockers.count());
        }
        boolean passing = pass.hasPassing() && nowMillis - progressMillis < pace.patience();
        if (pass.movedCount() == 0 && !pass.hasWaiting() && !passing) {
            standstills = pass.hasPassing() ? STANDSTILLS_MAX : standstills + 1;
        }
        if (standstills >= STANDSTILLS_MAX) {
            end(
                    JobState.BLOCKED,
                    blockers.count() + (blockers.count() == 1 ? " ledger" : " ledgers")
                            + " could not be moved; everything else was.");
        } else {
            rest = pass.rest();
            pause("", nowMillis);
        }
    }

    private void pause(String why, long nowMillis) {
        phase = Phase.PAUSING;
        remark = why;
        timer = OptionalLong.of(nowMillis + pace.retry());
    }

    private void finish() {
        turns.allBut(0);
        if (!(order instanceof Evacuation evacuation)) {
            end(JobState.DONE, "");
            return;
        }
        BookieId bookie = evacuation.bookie();
        if (!evacuation.cookieGoes()) {
            end(
                    JobState.DONE,
                    "Nothing is left on " + bookie + ", which takes no entries until 'daybook bookie readmit " + bookie
                            + "'.");
        } else if (alive.contains(bookie)) {
            end(
                    JobState.DONE,
                    "Nothing is left on " + bookie + ". It is running still, so its cookie stays: stop it, and"
                            + " decommission it once more to have the cookie deleted.");
        } else {
            phase = Phase.CLEARING;
            outbox.emit(new RemoveCookie(bookie));
        }
    }

    /** @param failure why the cookie stays, one sentence; empty if there is none any more */
    public void onCookieGone(Optional<String> failure) {
        if (phase == Phase.CLEARING) {
            BookieId bookie = order.leaving().orElseThrow();
            end(
                    JobState.DONE,
                    failure.map(why -> "Nothing is left on " + bookie + ", but its cookie stays. " + why)
                            .orElse("Nothing is left on " + bookie + ", and its cookie is deleted."));
        }
    }

    /** Somebody wants it to end. */
    public void onCancel() {
        if (phase != Phase.ENDED) {
            outbox.emit(new StopPass());
            order.leaving().ifPresent(bookie -> outbox.emit(new HoldReadOnly(bookie, false)));
            blockers = turns.pass().blockers();
            end(
                    JobState.CANCELLED,
                    "It was cancelled. What was moved stays where it is, and ledgers under way are finished.");
        }
    }

    private void end(JobState state, String last) {
        phase = Phase.ENDED;
        remark = last;
        timer = OptionalLong.empty();
        outbox.emit(new EndJob(state));
    }

    /** To be called again at {@link #nextTimeMillis()}. */
    public void onTime(long nowMillis) {
        if (timer.isPresent() && nowMillis >= timer.getAsLong()) {
            timer = OptionalLong.empty();
            if (phase == Phase.PAUSING) {
                phase = Phase.READYING;
            }
            getReady(nowMillis);
        }
    }

    public OptionalLong nextTimeMillis() {
        return timer;
    }

    /** How things stand. */
    public JobReport report() {
        Blockers soFar = turns.pass().blockers();
        return new JobReport(turns.progress(), soFar.count() > blockers.count() ? soFar : blockers, remark);
    }

    public void drainTo(JobTraffic handler) {
        outbox.drainTo(handler);
    }
}
