package dev.daybook.core.repair;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.metadata.MetadataRegister;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives one ledger back the copies it lacks: checks it, copies range after range, puts the new members into the metadata
 * once their copies are acknowledged, and checks again. Source: auto-recovery specification, sections 4 and 5.
 *
 * <p>Correct without a lock, because copies are written like those of a recovery and the metadata changes by
 * compare-and-swap. But a bookie removes copies that no metadata speak of, and leaves a ledger alone only while somebody
 * holds its lock; so hold it.
 *
 * <p>Not thread-safe: one loop owns it, calls one method at a time and then drains the outbox.
 *
 * @param <P> the payload, opaque here
 */
public final class LedgerRepair<P> {
    /** How many bookies in a row may fail to take the copies of one range before the range is left for another time. */
    private static final int TARGETS_TRIED_MAX = 3;

    private final Outbox<RepairTraffic<P>> outbox = new Outbox<>();
    private final MetadataRegister register;
    private final long lastConfirmed;
    private final RepairLimits limits;
    private final Dice dice;

    private CheckScope scope;
    private RepairTargets targets;
    private LedgerCheck check;
    private boolean checkedAgain;
    private final Deque<FaultyRange> todo = new ArrayDeque<>();
    private final Set<BookieId> failedTargets = new HashSet<>();
    private Optional<FaultyRange> current = Optional.empty();
    private Optional<FragmentCopy<P>> copy = Optional.empty();
    private int triedTargets;
    private Optional<MemberChange> change = Optional.empty();
    private final List<Stall> stalls = new ArrayList<>();
    private RepairTally tally = RepairTally.NOTHING;
    private boolean finished;

    /**
     * @param record as read just now
     * @param lastConfirmed of a ledger that is not closed; ignored otherwise
     */
    public LedgerRepair(
            Versioned<LedgerMetadata> record,
            long lastConfirmed,
            CheckScope scope,
            RepairTargets targets,
            RepairLimits limits,
            Dice dice) {
        this.register = new MetadataRegister(record, outbox::emit);
        this.lastConfirmed = lastConfirmed;
        this.scope = scope;
        this.targets = targets;
        this.limits = limits;
        this.dice = dice;
        this.check = newCheck(scope);
    }

    private LedgerCheck newCheck(CheckScope checkScope) {
        return new LedgerCheck(
                register.current().value(), lastConfirmed, checkScope, limits.probes(), dice.fork(), outbox::emit);
    }

    /** Call once. */
    public void start() {
        check.start();
        onChecked();
    }

    /** The answer to one {@link SendProbe}. */
    public void onProbeReply(BookieId bookie, long entryId, Answer<?> answer) {
        if (copy.isPresent()) {
            copy.get().onProbeReply(bookie, entryId, scope.heard(bookie, answer));
            onCopied(copy.get());
        } else {
            check.onProbeReply(bookie, entryId, answer);
            onChecked();
        }
    }

    /** The answer to one {@code SendRead}. */
    public void onReadReply(int position, long entryId, Answer<VerifiedEntry<P>> answer) {
        copy.ifPresent(underWay -> {
            underWay.onReadReply(position, entryId, answer);
            onCopied(underWay);
        });
    }

    /** The answer to one {@code SendAdd}. */
    public void onAddReply(BookieId bookie, long entryId, AddReply reply) {
        copy.ifPresent(underWay -> {
            if (reply != AddReply.STORED) {
                failedTargets.add(bookie);
            }
            underWay.onAddReply(bookie, entryId, reply);
            onCopied(underWay);
        });
    }

    public void onMetadataSwapped(SwapReply reply) {
        proceed(register.onSwapped(reply));
    }

    public void onMetadataRead(MetadataReply reply) {
        proceed(register.onRead(reply));
    }

    /** The bookies have changed: targets are chosen from those that are there now, and members judged by them. */
    public void onClusterChanged(ClusterSnapshot cluster) {
        scope = scope.withAvailable(cluster.alive());
        targets = targets.withCluster(cluster);
    }

    /** Gives back every payload. Nothing else may be called after it, and nothing is completed. */
    public void abandon() {
        finished = true;
        copy.ifPresent(FragmentCopy::abandon);
    }

    private void onChecked() {
        if (check.report().isEmpty() || finished) {
            return;
        }
        CheckReport report = check.report().get();
        if (checkedAgain) {
            if (!report.faulty().isEmpty() && stalls.isEmpty()) {
                stalls.add(new Stall(
                        StallReason.STILL_LACKING,
                        "Copies were made, and a check after that finds "
                                + report.faulty().size() + " ranges that still lack some."));
            }
            finish();
            return;
        }
        if (!report.openFaulty().isEmpty()) {
            stalls.add(new Stall(
                    StallReason.OPEN,
                    "The ledger is " + register.current().value().state() + " and its last entries are on "
                            + report.openFaulty() + "; it has to be recovered first."));
        }
        report.unknown()
                .forEach((bookie, reason) -> stalls.add(new Stall(
                        StallReason.UNANSWERED,
                        "Bookie " + bookie + " did not say which copies it has (" + reason + ").")));
        todo.addAll(report.faulty());
        nextRange();
    }

    private void nextRange() {
        while (!finished) {
            failedTargets.clear();
            current = Optional.ofNullable(todo.poll());
            if (current.isEmpty()) {
                checkAgain();
                return;
            }
            if (beginCopy(current.get(), 0)) {
                return;
            }
        }
    }

    /** False if nobody can take anything of this range. */
    private boolean beginCopy(FaultyRange faulty, int tried) {
        List<CopyTarget> chosen = choose(faulty);
        if (chosen.isEmpty()) {
            return false;
        }
        FragmentCopy<P> begun = new FragmentCopy<P>(faulty, chosen, limits.entries(), outbox::emit);
        copy = Optional.of(begun);
        triedTargets = tried;
        begun.start();
        onCopied(begun);
        return true;
    }

    private List<CopyTarget> choose(FaultyRange faulty) {
        List<BookieId> ensemble = new ArrayList<>(faulty.range().fragment().ensemble());
        Set<BookieId> leftOut = new HashSet<>(scope.leaving());
        leftOut.addAll(failedTargets);
        faulty.faults().forEach((position, fault) -> {
            if (fault != Fault.LACKING) {
                leftOut.add(ensemble.get(position));
            }
        });
        List<CopyTarget> chosen = new ArrayList<>();
        faulty.faults().forEach((position, fault) -> {
            BookieId member = ensemble.get(position);
            if (fault == Fault.LACKING && mayTakeBack(member)) {
                chosen.add(new CopyTarget(position, member, true));
                return;
            }
            Optional<BookieId> successor =
                    targets.successor(faulty.range().quorum(), ensemble, position, leftOut, dice);
            if (successor.isPresent()) {
                ensemble.set(position, successor.get());
                chosen.add(new CopyTarget(position, successor.get(), false));
            } else {
                stalls.add(new Stall(
                        StallReason.NO_TARGET,
                        "No writable bookie outside of " + ensemble + " may take over from " + member
                                + (leftOut.isEmpty() ? "" : " (left out: " + leftOut + ")") + "."));
            }
        });
        return chosen;
    }

    /** One that takes no entries does not get its own back either, unless it asks for them itself. */
    private boolean mayTakeBack(BookieId member) {
        return scope.refilled().isPresent() || targets.cluster().isWritable(member);
    }

    private void onCopied(FragmentCopy<P> done) {
        if (!done.isDone() || copy.isEmpty()) {
            return;
        }
        copy = Optional.empty();
        tally = tally.plusCopies(done.tally().copies(), done.tally().bytes());
        FaultyRange faulty = current.orElseThrow();
        if (done.failure().isPresent()) {
            boolean another = done.failure().get().reason() == StallReason.TARGET_FAILED
                    && triedTargets + 1 < TARGETS_TRIED_MAX
                    && beginCopy(faulty, triedTargets + 1);
            if (!another) {
                stalls.add(done.failure().get());
                nextRange();
            }
            return;
        }
        Map<Integer, BookieId> successors = new HashMap<>();
        for (CopyTarget target : done.targets()) {
            if (!target.stays()) {
                successors.put(target.position(), target.bookie());
            }
        }
        if (successors.isEmpty()) {
            nextRange();
        } else {
            change = Optional.of(new MemberChange(faulty.range().fragment(), successors));
            changeMembers();
        }
    }

    /** Decides on the stored record, again after each answer of the store, until nothing is left to change. */
    private void changeMembers() {
        MemberChange wanted = change.orElseThrow();
        LedgerMetadata stored = register.current().value();
        Optional<LedgerMetadata> next = wanted.applyTo(stored);
        if (next.isPresent()) {
            register.swap(next.get());
        } else {
            tally = tally.plusReplaced(wanted.countIn(stored));
            change = Optional.empty();
            nextRange();
        }
    }

    private void proceed(MetadataRegister.Progress progress) {
        if (finished || change.isEmpty()) {
            return;
        }
        switch (progress) {
            case WAIT -> {}
            case DECIDE -> changeMembers();
            case GONE -> complete(new CompleteRepair.Outcome.Gone());
            case FAILED -> {
                stalls.add(new Stall(
                        StallReason.METADATA, "The metadata service did not store new members: " + register.failure()));
                change = Optional.empty();
                nextRange();
            }
        }
    }

    private void checkAgain() {
        if (tally.equals(RepairTally.NOTHING)) {
            finish();
            return;
        }
        checkedAgain = true;
        check = newCheck(scope.endsOnly());
        check.start();
        onChecked();
    }

    private void finish() {
        complete(
                stalls.isEmpty()
                        ? new CompleteRepair.Outcome.Whole(register.current())
                        : new CompleteRepair.Outcome.Stalled(stalls));
    }

    private void complete(CompleteRepair.Outcome outcome) {
        finished = true;
        outbox.emit(new CompleteRepair(outcome, tally));
    }

    public void drainTo(RepairTraffic<P> handler) {
        outbox.drainTo(handler);
    }

    /** What was done so far. */
    public RepairTally tally() {
        return copy.map(underWay -> tally.plusCopies(
                        underWay.tally().copies(), underWay.tally().bytes()))
                .orElse(tally);
    }
}
