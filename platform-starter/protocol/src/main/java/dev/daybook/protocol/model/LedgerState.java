package dev.daybook.protocol.model;

/** Moves only forward: open, in recovery, closed; or open, closed. */
public enum LedgerState {
    OPEN,
    IN_RECOVERY,
    CLOSED
}
