package dev.daybook.core.job;

/** What a job is for. */
public enum JobKind {
    /** Moves every copy off a bookie, which is removed from the cluster then. */
    DECOMMISSION,
    /** Moves every copy off a bookie, which stays. */
    DRAIN,
    /** Moves every copy of one bookie to another one. */
    REPLACE,
    /** Moves some copies from full bookies to empty ones. */
    REBALANCE
}
