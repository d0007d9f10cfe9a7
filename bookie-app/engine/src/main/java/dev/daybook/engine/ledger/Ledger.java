package dev.daybook.engine.ledger;

import java.util.Arrays;
import java.util.Optional;

/**
 * What this bookie knows of one ledger. Exactly one such object exists per ledger and it is touched by its shard only,
 * so an add can never slip past a fence by holding another copy. Source: wire protocol, section 14.
 */
public final class Ledger {
    private final long id;
    private byte[] masterKey;
    private boolean fenced;
    private boolean fenceDurable;
    private boolean limbo;
    private long lastEntryId = -1;
    private long knownLac = -1;
    private Optional<byte[]> explicitLac = Optional.empty();
    private long visibleFromFlush;
    private boolean revived;
    private boolean deleted;
    private long deletedMillis;

    /** The flush that the last add since the start went to. */
    private long touchedFlush = -1;

    /** A deletion is on its way to the journal: the ledger takes no more entries. */
    private boolean deleting;

    /** True when the state differs from the row that the last checkpoint took. */
    private boolean dirty = true;

    /**
     * A ledger that was unknown until now.
     *
     * @param currentFlush number of the flush that will take what is stored from now on; nothing older belongs to it
     */
    public Ledger(long id, byte[] masterKey, long currentFlush) {
        this.id = id;
        this.masterKey = masterKey;
        this.visibleFromFlush = currentFlush;
    }

    /** From a checkpoint; everything in it is durable. */
    public static Ledger restored(LedgerRow row) {
        Ledger ledger = new Ledger(row.ledgerId(), row.masterKey(), row.visibleFromFlush());
        ledger.fenced = row.fenced();
        ledger.fenceDurable = row.fenced();
        ledger.limbo = row.limbo();
        ledger.lastEntryId = row.lastEntryId();
        ledger.knownLac = row.knownLac();
        ledger.explicitLac = row.explicitLac();
        ledger.revived = row.revived();
        ledger.deleted = row.deleted();
        ledger.deletedMillis = row.deletedMillis();
        ledger.dirty = false;
        return ledger;
    }

    /** Takes the state for a checkpoint and counts it as clean. */
    public LedgerRow takeRow(boolean forgotten) {
        dirty = false;
        return new LedgerRow(
                id,
                masterKey,
                fenced,
                limbo,
                lastEntryId,
                knownLac,
                explicitLac,
                visibleFromFlush,
                revived,
                deleted,
                deletedMillis,
                forgotten);
    }

    public long id() {
        return id;
    }

    /**
     * An empty or zero key says that the key is unknown; then any is accepted, and the first that comes with a write
     * becomes the ledger's (bookie specification, section 3.1).
     */
    public boolean accepts(byte[] presentedKey) {
        return Arrays.equals(masterKey, presentedKey) || isWildcard(masterKey);
    }

    /** Whether the presented key is one and the ledger's own is still unknown. */
    public boolean wantsKey(byte[] presentedKey) {
        return isWildcard(masterKey) && !isWildcard(presentedKey);
    }

    public void adoptKey(byte[] newMasterKey) {
        masterKey = newMasterKey;
        dirty = true;
    }

    private static boolean isWildcard(byte[] key) {
        for (byte b : key) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    public boolean isFenced() {
        return fenced;
    }

    public boolean isFenceDurable() {
        return fenceDurable;
    }

    /** Normal adds are refused from now on; the promise may be given only once it is durable. */
    public void fence() {
        fenced = true;
        dirty = true;
    }

    public void fenceBecameDurable() {
        fenced = true;
        fenceDurable = true;
        dirty = true;
    }

    public boolean isInLimbo() {
        return limbo;
    }

    public void setLimbo(boolean inLimbo) {
        limbo = inLimbo;
        dirty = true;
    }

    public long lastEntryId() {
        return lastEntryId;
    }

    /** A search told of an entry that nobody remembered. */
    public void entryFound(long entryId) {
        lastEntryId = Math.max(lastEntryId, entryId);
        dirty = true;
    }

    public long knownLac() {
        return knownLac;
    }

    /** An entry became visible. Returns whether it raised the known LAC. */
    public boolean entryStored(long entryId, long lac) {
        lastEntryId = Math.max(lastEntryId, entryId);
        dirty = true;
        return raiseLac(lac);
    }

    public Optional<byte[]> explicitLac() {
        return explicitLac;
    }

    /** Replaces the packet, also by one with a lower LAC; the known LAC never falls. Returns whether it rose. */
    public boolean setExplicitLac(byte[] bytes, long lac) {
        explicitLac = Optional.of(bytes);
        dirty = true;
        return raiseLac(lac);
    }

    private boolean raiseLac(long lac) {
        if (lac <= knownLac) {
            return false;
        }
        knownLac = lac;
        return true;
    }

    public long visibleFromFlush() {
        return visibleFromFlush;
    }

    /** True from the moment the deletion was asked for. */
    public boolean isGone() {
        return deleted || deleting;
    }

    public boolean isDeleted() {
        return deleted;
    }

    public long deletedMillis() {
        return deletedMillis;
    }

    /** An add was accepted, whose entry goes to this flush or a later one. */
    public void touch(long currentFlush) {
        touchedFlush = currentFlush;
    }

    /** Whether no add was accepted since that flush was the current one; nothing is known of the time before the start. */
    public boolean isUntouchedSince(long flush) {
        return touchedFlush < flush;
    }

    public void beginDeletion() {
        deleting = true;
    }

    /**
     * Becomes a tombstone, which keeps late writers from creating the ledger anew.
     *
     * @param currentFlush number of the flush that will take what is stored from now on
     */
    public void becomeTombstone(long currentFlush, long millis) {
        deleted = true;
        deleting = false;
        deletedMillis = millis;
        fenced = true;
        fenceDurable = true;
        limbo = false;
        lastEntryId = -1;
        knownLac = -1;
        explicitLac = Optional.empty();
        visibleFromFlush = currentFlush;
        dirty = true;
    }

    /**
     * Repair brings a ledger back to this bookie. It stays fenced: only its first life had a writer. But whoever asks for
     * the fence waits for a record of it behind the one of the revival: if the power goes before that, the tombstone is
     * back, and may be so old that the next flush forgets it, and with it the fence.
     */
    public void revive(byte[] newMasterKey) {
        fenceDurable = false;
        revived = true;
        deleted = false;
        deletedMillis = 0;
        masterKey = newMasterKey;
        dirty = true;
    }

    /** The row that the last checkpoint took is not to be relied upon. */
    void touchRow() {
        dirty = true;
    }

    public boolean isDirty() {
        return dirty;
    }
}
