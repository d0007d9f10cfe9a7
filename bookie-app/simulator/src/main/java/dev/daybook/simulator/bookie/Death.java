package dev.daybook.simulator.bookie;

/** How a bookie ends. */
public enum Death {
    /** kill -9: what the operating system has stays. */
    KILL,
    /** What was not synced may be lost, in any combination. */
    POWER_CUT,
    /** All its disks are replaced by empty ones. */
    WIPE
}
