package dev.daybook.core.work;

/** What becomes of a marked ledger at the moment, or why nothing does. */
public enum WorkState {
    /** Others come first. */
    WAITING_FOR_SLOT(false, false),
    /** Auto-recovery is switched off. */
    DISABLED(false, false),
    /** Somebody else has its lock. */
    LOCKED_ELSEWHERE(false, false),
    /** No copies are said to be missing, only its placement is wrong, which this worker does not change. */
    PLACEMENT_ONLY(false, false),
    /** The metadata service failed, so it is tried again later; its lock is free. */
    POSTPONED(false, false),
    TAKING(true, true),
    REPAIRING(true, true),
    /** Open, and its writer has some time to replace lost bookies by itself. */
    GRACE_PERIOD(true, false),
    /** Fenced, to be closed. */
    RECOVERING(true, true),
    UNMARKING(true, true),
    /** The last attempt left copies missing; its lock is held meanwhile, so that nobody tries the same in vain. */
    BACK_OFF(true, false),
    /** Its grace period or back-off is over, and all slots are taken. */
    RESUMING(true, false),
    RELEASING(true, true);

    private final boolean locked;
    private final boolean busy;

    WorkState(boolean locked, boolean busy) {
        this.locked = locked;
        this.busy = busy;
    }

    /** Whether this worker has, or asks for, the ledger's lock. */
    public boolean isLocked() {
        return locked;
    }

    /** Whether it takes one of the worker's slots. */
    public boolean isBusy() {
        return busy;
    }
}
