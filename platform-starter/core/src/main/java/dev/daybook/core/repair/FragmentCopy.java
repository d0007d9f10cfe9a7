package dev.daybook.core.repair;

import dev.daybook.core.effect.Effect;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings the entries of one range to those that lack them, some at a time. Only entries that striping gives to the
 * position of a target are touched. Nothing here knows of metadata, so a copy that fails leaves only surplus behind.
 */
final class FragmentCopy<P> {
    private static final int NEIGHBOURS = 64;

    private final FaultyRange faulty;
    private final EntryRange range;
    private final List<CopyTarget> targets;
    private final int inFlightMax;
    private final Consumer<Effect<? super RepairTraffic<P>>> effects;

    private final Map<Long, EntryCopy<P>> underWay = new HashMap<>();
    private long nextEntryId;
    private Optional<Stall> failure = Optional.empty();
    private RepairTally tally = RepairTally.NOTHING;

    FragmentCopy(
            FaultyRange faulty,
            List<CopyTarget> targets,
            int inFlightMax,
            Consumer<Effect<? super RepairTraffic<P>>> effects) {
        this.faulty = faulty;
        this.range = faulty.range();
        this.targets = List.copyOf(targets);
        this.inFlightMax = inFlightMax;
        this.effects = effects;
        this.nextEntryId = range.firstEntryId();
    }

    /** Call once. */
    void start() {
        copyMore();
    }

    /** Half of the window at a time, so that a driver can ask for consecutive entries by one request. */
    private void copyMore() {
        if (underWay.size() > inFlightMax / 2) {
            return;
        }
        while (underWay.size() < inFlightMax && nextEntryId <= range.lastEntryId() && mayGoOn()) {
            long entryId = nextEntryId++;
            List<CopyTarget> needing = targets.stream()
                    .filter(target -> Striping.stores(range.quorum(), entryId, target.position()))
                    .toList();
            if (!needing.isEmpty()) {
                EntryCopy<P> copy =
                        new EntryCopy<>(entryId, range.fragment().ensemble(), needing, sources(entryId), effects);
                underWay.put(entryId, copy);
                copy.start();
                end(entryId, copy);
            }
        }
    }

    /** What members that stay get is of use even if another entry is lost; a new one needs all or nothing. */
    private boolean mayGoOn() {
        return failure.isEmpty() || targets.stream().allMatch(CopyTarget::stays);
    }

    /**
     * Lost members cannot answer; those that lack something are asked last. Neighbours have the same favourite, as far as
     * striping allows, so that it can be asked for many of them by one request; the favourites take turns.
     */
    private List<Integer> sources(long entryId) {
        List<Integer> sound = new ArrayList<>();
        List<Integer> doubtful = new ArrayList<>();
        int ensemble = range.quorum().ensemble();
        int favourite = (int) (entryId / NEIGHBOURS % ensemble);
        for (int turn = 0; turn < ensemble; turn++) {
            int position = (favourite + turn) % ensemble;
            Fault fault = faulty.faults().get(position);
            if (Striping.stores(range.quorum(), entryId, position) && fault != Fault.LOST) {
                (fault == Fault.LACKING ? doubtful : sound).add(position);
            }
        }
        sound.addAll(doubtful);
        return sound;
    }

    void onProbeReply(BookieId bookie, long entryId, Answer<?> answer) {
        EntryCopy<P> copy = copyOf(entryId);
        copy.onProbeReply(bookie, answer);
        end(entryId, copy);
        copyMore();
    }

    void onReadReply(int position, long entryId, Answer<VerifiedEntry<P>> answer) {
        EntryCopy<P> copy = copyOf(entryId);
        copy.onReadReply(position, answer);
        end(entryId, copy);
        copyMore();
    }

    void onAddReply(BookieId bookie, long entryId, AddReply reply) {
        EntryCopy<P> copy = copyOf(entryId);
        copy.onAddReply(bookie, reply);
        end(entryId, copy);
        copyMore();
    }

    private EntryCopy<P> copyOf(long entryId) {
        EntryCopy<P> copy = underWay.get(entryId);
        if (copy == null) {
            throw new IllegalStateException("an answer for entry " + entryId + ", of which nothing was asked");
        }
        return copy;
    }

    private void end(long entryId, EntryCopy<P> copy) {
        if (copy.isDone()) {
            underWay.remove(entryId);
            tally = tally.plusCopies(copy.stored(), (long) copy.stored() * copy.payloadBytes());
            if (failure.isEmpty()) {
                failure = copy.failure();
            }
        }
    }

    void abandon() {
        underWay.values().forEach(EntryCopy::abandon);
    }

    /** Nothing is under way and nothing more will be. */
    boolean isDone() {
        return underWay.isEmpty() && (nextEntryId > range.lastEntryId() || !mayGoOn());
    }

    /** The first one; empty if every target has every entry. */
    Optional<Stall> failure() {
        return failure;
    }

    List<CopyTarget> targets() {
        return targets;
    }

    RepairTally tally() {
        return tally;
    }
}
