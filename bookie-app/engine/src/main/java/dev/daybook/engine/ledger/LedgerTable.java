package dev.daybook.engine.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All ledgers of one shard, tombstones included. */
public final class LedgerTable {
    /** How long a late writer is kept from re-creating a deleted ledger (bookie specification, section 3.3). */
    private static final long TOMBSTONE_MILLIS = 7L * 24 * 60 * 60 * 1000;

    private final Map<Long, Ledger> ledgers = new HashMap<>();
    private long tombstoneMillis = TOMBSTONE_MILLIS;

    /** Number of the flush that will take what is stored from now on. */
    private long currentFlush;

    private Doubt doubt = Doubt.NONE;

    public LedgerTable(long currentFlush) {
        this.currentFlush = currentFlush;
    }

    public long currentFlush() {
        return currentFlush;
    }

    /** How long a tombstone is kept at least. */
    public void setTombstoneMillis(long millis) {
        tombstoneMillis = millis;
    }

    /** What may have been forgotten from now on; {@link Doubt#NONE} when every such ledger is in limbo. */
    public void setDoubt(Doubt newDoubt) {
        doubt = newDoubt;
    }

    /** The bookie may have forgotten things of this ledger, known or not. */
    public boolean isDoubted(long ledgerId) {
        return doubt.covers(ledgerId);
    }

    /** Nothing may be denied of the ledger. */
    public boolean isUncertain(long ledgerId) {
        Ledger ledger = ledgers.get(ledgerId);
        return isDoubted(ledgerId) || (ledger != null && ledger.isInLimbo());
    }

    /** Ids of the living ledgers in limbo, in no order. */
    public List<Long> limboIds() {
        List<Long> ids = new ArrayList<>();
        for (Ledger ledger : ledgers.values()) {
            if (ledger.isInLimbo() && !ledger.isGone()) {
                ids.add(ledger.id());
            }
        }
        return ids;
    }

    /** The ledger or its tombstone. */
    public Optional<Ledger> find(long ledgerId) {
        return Optional.ofNullable(ledgers.get(ledgerId));
    }

    /** The ledger must not be known. */
    public Ledger create(long ledgerId, byte[] masterKey) {
        // What a doubted ledger has in the index is its own: its table row is what was forgotten.
        Ledger ledger = new Ledger(ledgerId, masterKey, isDoubted(ledgerId) ? 0 : currentFlush);
        if (ledgers.putIfAbsent(ledgerId, ledger) != null) {
            throw new IllegalStateException("ledger " + ledgerId + " was to be created a second time");
        }
        return ledger;
    }

    public void restore(LedgerRow row) {
        if (ledgers.put(row.ledgerId(), Ledger.restored(row)) != null) {
            throw new IllegalStateException("ledger " + row.ledgerId() + " was restored twice");
        }
    }

    /** Ids of the living ledgers, in no order. */
    public List<Long> livingIds() {
        List<Long> ids = new ArrayList<>(ledgers.size());
        for (Ledger ledger : ledgers.values()) {
            if (!ledger.isGone()) {
                ids.add(ledger.id());
            }
        }
        return ids;
    }

    /** How many ledgers live. Looks at each of them, so not for every request. */
    public int livingCount() {
        int count = 0;
        for (Ledger ledger : ledgers.values()) {
            count += ledger.isGone() ? 0 : 1;
        }
        return count;
    }

    /** Lets the next flush take the rows of all ledgers. */
    public void touchAll() {
        ledgers.values().forEach(Ledger::touchRow);
    }

    /**
     * Begins the next flush and takes the rows that changed since the last one.
     *
     * @param purgedFlush the index holds nothing any more that a tombstone up to this flush hides
     */
    public List<LedgerRow> freeze(long nowMillis, long purgedFlush) {
        List<LedgerRow> rows = new ArrayList<>();
        for (Iterator<Ledger> all = ledgers.values().iterator(); all.hasNext(); ) {
            Ledger ledger = all.next();
            boolean forgotten = ledger.isDeleted()
                    && !ledger.isDirty()
                    && ledger.visibleFromFlush() <= purgedFlush
                    && nowMillis - ledger.deletedMillis() > tombstoneMillis;
            if (forgotten) {
                all.remove();
            }
            if (forgotten || ledger.isDirty()) {
                rows.add(ledger.takeRow(forgotten));
            }
        }
        currentFlush++;
        return rows;
    }
}
