package dev.daybook.core.repair;

/** Why a ledger does not get its copies back for now. Shown to operators, so each says what would help. */
public enum StallReason {
    /** No bookie may take a copy: start one, or give one room. */
    NO_TARGET,
    /** No bookie that is reachable has a sound copy of some entry. */
    NO_SOURCE,
    /** The bookie that should take copies failed. */
    TARGET_FAILED,
    /** The ledger is open and a member of its last fragment is lost: it is recovered when its grace period is over. */
    OPEN,
    /** Some bookie did not answer, so it is not known whether its copies are there. */
    UNANSWERED,
    /** The metadata service did not store the change. */
    METADATA,
    /** Copies were made, and the check after that still finds some missing. */
    STILL_LACKING
}
