package dev.daybook.simulator.check;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/** What one bookie has promised, as seen on the wire and on its disk. */
public final class BookieTruth {
    private final BookieId id;

    /** What was synced, by the name of the payload. */
    private final Map<EntryKey, String> synced = new HashMap<>();

    /** Acknowledged to somebody after a sync. */
    private final Set<EntryKey> acknowledged = new HashSet<>();

    /** Those of them that a writer sent. */
    private final Set<EntryKey> acknowledgedToWriter = new HashSet<>();

    /** Denied to somebody who fenced. */
    private final Set<EntryKey> denied = new HashSet<>();

    /** Somebody was answered who fenced. */
    private final Set<Long> fenced = new HashSet<>();

    private final Set<Long> deleted = new HashSet<>();

    /** Deletion was begun, and may or may not be durable. */
    private final Set<Long> perhapsDeleted = new HashSet<>();

    private final Set<Long> limbo = new HashSet<>();

    /** Somebody asked for an entry of it and did not get it. */
    private final Set<Long> failedReads = new HashSet<>();

    private boolean destroyed;

    BookieTruth(BookieId id) {
        this.id = id;
    }

    public BookieId id() {
        return id;
    }

    /** Of these the bookie must refuse what a writer sends: it has said that they are fenced, or deleted them. */
    public Set<Long> fencedLedgers() {
        Set<Long> ledgers = new TreeSet<>(fenced);
        ledgers.removeAll(perhapsDeleted);
        if (!destroyed) {
            ledgers.addAll(deleted);
        }
        return ledgers;
    }

    /** Something of what it had is lost, within the budget. */
    public boolean isDestroyed() {
        return destroyed;
    }

    /** Something of what it had may be lost from now on. */
    public void destroy() {
        destroyed = true;
    }

    /**
     * Of these nothing may be denied from now on. Of the others whose data are doubted no record names the bookie: what it
     * said of them counts for nobody any more, and if it is chosen again it has to be asked again.
     */
    public void inLimbo(Set<Long> ledgerIds, LongPredicate doubted) {
        limbo.addAll(ledgerIds);
        LongPredicate free = ledgerId -> doubted.test(ledgerId) && !ledgerIds.contains(ledgerId);
        forget(free);
        // Writers that it had denied get no ack quorum all the same: fewer bookies than that are ever destroyed.
        denied.removeIf(key -> free.test(key.ledgerId()));
        fenced.removeIf(free::test);
        limbo.removeIf(free::test);
        // With the disk went the note that it was deleted.
        deleted.removeIf(free::test);
    }

    private void forget(LongPredicate ledgers) {
        acknowledged.removeIf(key -> ledgers.test(key.ledgerId()));
        acknowledgedToWriter.removeIf(key -> ledgers.test(key.ledgerId()));
    }

    public void onSynced(long ledgerId, long entryId, String value) {
        synced.put(new EntryKey(ledgerId, entryId), value);
    }

    public boolean holds(long ledgerId, long entryId) {
        return synced.containsKey(new EntryKey(ledgerId, entryId));
    }

    String valueOf(EntryKey key) {
        return synced.getOrDefault(key, "");
    }

    Set<EntryKey> keys() {
        return synced.keySet();
    }

    /** Its process died while it was dropping the ledger: whether anything is left is not known. */
    public void onPerhapsDropped(long ledgerId) {
        synced.keySet().removeIf(key -> key.ledgerId() == ledgerId);
        forget(each -> each == ledgerId);
    }

    public void onDeleting(long ledgerId) {
        perhapsDeleted.add(ledgerId);
    }

    public void onDeleted(long ledgerId) {
        deleted.add(ledgerId);
        synced.keySet().removeIf(key -> key.ledgerId() == ledgerId);
        forget(each -> each == ledgerId);
    }

    /** I5, I7 and the rest of what a bookie says of adds. */
    public void onAddAnswered(long ledgerId, long entryId, boolean recovery, boolean deferred, Status status) {
        if (status != Status.OK) {
            return;
        }
        EntryKey key = new EntryKey(ledgerId, entryId);
        if (!recovery) {
            require(
                    !denied.contains(key),
                    "I5",
                    ledgerId,
                    id + " acknowledged entry " + entryId + ", which it had denied to a recovery");
            require(
                    !fenced.contains(ledgerId),
                    "I7",
                    ledgerId,
                    id + " acknowledged entry " + entryId + " of a writer although it had said that it is fenced");
            require(
                    !deleted.contains(ledgerId),
                    "A4",
                    ledgerId,
                    id + " acknowledged entry " + entryId + " of a writer after it had deleted the ledger");
        }
        if (!deferred) {
            require(
                    synced.containsKey(key),
                    "I2",
                    ledgerId,
                    id + " acknowledged entry " + entryId + ", which it had not synced");
            acknowledged.add(key);
            if (!recovery) {
                acknowledgedToWriter.add(key);
            }
        }
    }

    /**
     * Whether the bookie has promised to have the entry, or any of the ledger for entry -1. To be asked when a read comes
     * in: what is promised while the read is under way may be missed by it.
     */
    public boolean hasPromised(long ledgerId, long entryId) {
        return has(acknowledged, ledgerId, entryId);
    }

    /** Whether a read of the ledger has ended otherwise than with an entry. */
    boolean hasFailedToRead(long ledgerId) {
        return failedReads.contains(ledgerId);
    }

    private static boolean has(Set<EntryKey> keys, long ledgerId, long entryId) {
        return entryId >= 0
                ? keys.contains(new EntryKey(ledgerId, entryId))
                : keys.stream().anyMatch(each -> each.ledgerId() == ledgerId);
    }

    /**
     * C15 and I12: absence is said only where it is certain.
     *
     * @param wasPromised what {@link #hasPromised} said when the question came
     */
    public void onReadAnswered(long ledgerId, long entryId, boolean fence, boolean wasPromised, Status status) {
        boolean negative = status.isExplicitNegative();
        if (status != Status.OK) {
            failedReads.add(ledgerId);
        }
        // Of a ledger that is being deleted nobody is owed anything; adds that were taken before may be answered after
        // it.
        if (fence && (negative || status == Status.OK) && !perhapsDeleted.contains(ledgerId)) {
            fenced.add(ledgerId);
        }
        if (!negative) {
            return;
        }
        require(
                !limbo.contains(ledgerId) || perhapsDeleted.contains(ledgerId),
                "I12",
                ledgerId,
                id + " denied entry " + entryId + " although the ledger is in limbo there");
        if (perhapsDeleted.contains(ledgerId)) {
            return;
        }
        // The answer to a fence takes in everything that writers were promised before it.
        boolean had = wasPromised || (fence && has(acknowledgedToWriter, ledgerId, entryId));
        require(!had, "C15", ledgerId, id + " denied entry " + entryId + ", which it had acknowledged");
        if (fence && entryId >= 0) {
            denied.add(new EntryKey(ledgerId, entryId));
        }
    }
}
