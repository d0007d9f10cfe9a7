package dev.daybook.core.write;

import dev.daybook.core.effect.Effect;
import dev.daybook.core.effect.Invariant;
import dev.daybook.core.quorum.AckTally;
import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Entries that are being stored: taken, sent, and not yet released in order. Used by writers and by recoveries; each has
 * its own. It knows nothing of metadata: its owner says when the ensemble changes. Source: client protocol
 * specification, sections 6.2 to 6.4 and 7.3.
 *
 * <p>All entries here belong to one fragment, the current one, because a new fragment starts right behind the last
 * released entry.
 */
public final class AddWindow<P> {
    private final Quorum quorum;
    private final boolean recovery;
    private final Consumer<Effect<AddTraffic<P>>> effects;

    /** Ids above {@code lastConfirmed}, in order; with gaps where the application chooses ids. */
    private final SlotTable<Slot<P>> slots;

    private List<BookieId> ensemble;
    /** Highest id taken. */
    private long lastPushed;

    private long lastConfirmed;
    private long lacCeiling = Long.MAX_VALUE;
    private long length;
    /** Payload bytes of the entries that were confirmed here. */
    private long confirmedBytes;

    /** While true nothing is released: an ack may be revoked until the new ensemble is settled. */
    private boolean held;

    /** What an answer meant. */
    public enum Meaning {
        /** The bookie is not the one at that position any more, or the entry is unknown: it says nothing. */
        STALE,
        STORED,
        /** The bookie failed an entry that still needs acks. */
        FAILED,
        /** The bookie failed an entry that is complete without it: replace it with the next entry. */
        FAILED_LATE
    }

    private record Slot<P>(TakenEntry<P> entry, int payloadBytes, AckTally tally) {
        long entryId() {
            return entry.entryId();
        }

        boolean isBroken() {
            return !tally.isComplete() && tally.isBroken();
        }
    }

    /** @param recovery whether entries are sent with the recovery flag */
    public AddWindow(
            Quorum quorum,
            List<BookieId> ensemble,
            long lastConfirmed,
            long length,
            boolean recovery,
            Consumer<Effect<AddTraffic<P>>> effects) {
        this.quorum = quorum;
        this.ensemble = ensemble;
        this.slots = new SlotTable<>(lastConfirmed + 1);
        this.lastConfirmed = lastConfirmed;
        this.lastPushed = lastConfirmed;
        this.length = length;
        this.recovery = recovery;
        this.effects = effects;
    }

    /** Assigns the next id and sends to the whole write set. */
    public long append(P payload, int payloadBytes) {
        long entryId = lastPushed + 1;
        append(entryId, payload, payloadBytes);
        return entryId;
    }

    /**
     * As {@link #append(Object, int)} with an id of the owner's choice. The length in its header counts the entries taken
     * before it, which need not be those with lower ids.
     *
     * @return false if the id was taken before; nothing has happened then
     */
    public boolean append(long entryId, P payload, int payloadBytes) {
        if (entryId <= lastConfirmed || slots.get(entryId) != null) {
            return false;
        }
        lastPushed = Math.max(lastPushed, entryId);
        length += payloadBytes;
        long lac = Math.min(lastConfirmed, lacCeiling);
        TakenEntry<P> entry = new TakenEntry<>(entryId, lac, length, payload, recovery);
        Slot<P> slot = new Slot<>(entry, payloadBytes, new AckTally(quorum, entryId));
        slots.put(entryId, slot);
        for (int step = 0; step < quorum.write(); step++) {
            send(slot, Striping.position(quorum, entryId, step));
        }
        return true;
    }

    public Meaning onReply(int position, BookieId bookie, long entryId, boolean stored) {
        if (!isCurrent(position, bookie) || entryId > lastPushed) {
            return Meaning.STALE;
        }
        Slot<P> slot = slots.get(entryId);
        if (slot == null) {
            return stored ? Meaning.STALE : Meaning.FAILED_LATE;
        }
        if (stored) {
            slot.tally.ack(position);
            return Meaning.STORED;
        }
        boolean wasComplete = slot.tally.isComplete();
        if (!slot.tally.isAcked(position)) {
            slot.tally.fail(position);
        }
        return wasComplete ? Meaning.FAILED_LATE : Meaning.FAILED;
    }

    public boolean isCurrent(int position, BookieId bookie) {
        return position >= 0
                && position < ensemble.size()
                && ensemble.get(position).equals(bookie);
    }

    /** Releases nothing from now on, until {@link #resume}. */
    public void hold() {
        held = true;
    }

    /**
     * Goes on with this ensemble. What replaced bookies said is forgotten for every entry before anything can be
     * released: looking at entries one by one could release one whose ack was about to be revoked.
     */
    public void resume(List<BookieId> newEnsemble) {
        Invariant.check(held, "an ensemble changes only while the window is held");
        List<BookieId> oldEnsemble = ensemble;
        ensemble = newEnsemble;
        for (Slot<P> slot : slots.values()) {
            for (int position : Striping.writeSet(quorum, slot.entryId())) {
                if (!oldEnsemble.get(position).equals(newEnsemble.get(position))) {
                    slot.tally.revoke(position);
                    send(slot, position);
                }
            }
        }
        held = false;
    }

    /** Confirms the lowest entry if it is complete; call until empty. */
    public OptionalLong releaseNext() {
        Slot<P> head = held ? null : slots.get(lastConfirmed + 1);
        if (head == null || !head.tally.isComplete()) {
            return OptionalLong.empty();
        }
        slots.removeLowest();
        lastConfirmed = head.entryId();
        confirmedBytes += head.payloadBytes;
        Invariant.check(lastConfirmed <= lastPushed, "last confirmed <= last pushed", lastConfirmed, lastPushed);
        effects.accept(new ReleasePayload<>(head.entryId(), head.entry.payload()));
        return OptionalLong.of(head.entryId());
    }

    /** Takes every entry out and its bytes off the length. Returns the ids in order. */
    public List<Long> failAll() {
        List<Long> failed = new ArrayList<>();
        for (Slot<P> slot : slots.values()) {
            failed.add(slot.entryId());
            length -= slot.payloadBytes;
            effects.accept(new ReleasePayload<>(slot.entryId(), slot.entry.payload()));
        }
        slots.clear();
        return failed;
    }

    private void send(Slot<P> slot, int position) {
        effects.accept(new SendAdd<>(position, ensemble.get(position), slot.entry));
    }

    /** True if an incomplete entry still lacks the answer of that position, or got a bad one. */
    public boolean needs(int position) {
        return slots.values().stream()
                .anyMatch(slot ->
                        slot.tally.stores(position) && !slot.tally.isComplete() && !slot.tally.isAcked(position));
    }

    /** True if some entry cannot be completed by the bookies that have not failed it. */
    public boolean isBroken() {
        return slots.values().stream().anyMatch(Slot::isBroken);
    }

    /** As {@link #isBroken()} of one entry. */
    boolean isBroken(long entryId) {
        Slot<P> slot = slots.get(entryId);
        return slot != null && slot.isBroken();
    }

    /** Positions that failed an entry which the others cannot complete. */
    public BitSet missingPositions() {
        BitSet missing = new BitSet();
        for (Slot<P> slot : slots.values()) {
            for (int position : Striping.writeSet(quorum, slot.entryId())) {
                if (slot.isBroken() && slot.tally.isFailed(position)) {
                    missing.set(position);
                }
            }
        }
        return missing;
    }

    /** Entries taken from now on carry at most this last-add-confirmed in their header. */
    public void capLac(long ceiling) {
        lacCeiling = ceiling;
    }

    /** Corrects the length before the next entry is taken. */
    public void setLength(long newLength) {
        length = newLength;
    }

    public List<BookieId> ensemble() {
        return ensemble;
    }

    public boolean isHeld() {
        return held;
    }

    public long lastConfirmed() {
        return lastConfirmed;
    }

    public long lastPushed() {
        return lastPushed;
    }

    public long length() {
        return length;
    }

    /** Payload bytes of the entries that were confirmed by this window. */
    public long confirmedBytes() {
        return confirmedBytes;
    }

    public int size() {
        return slots.size();
    }
}
