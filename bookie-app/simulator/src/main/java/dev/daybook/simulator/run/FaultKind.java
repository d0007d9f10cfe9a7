package dev.daybook.simulator.run;

/** What may go wrong in a run. Each run draws a few of them. */
enum FaultKind {
    WEATHER,
    PARTITION,
    /** A client that does not hear some bookies, which hear it. */
    DEAF_CLIENT,
    KILL,
    POWER_CUT,
    CRASH_ON_DISK,
    CRASH_AFTER_REPLY,
    FROZEN_BOOKIE,
    FROZEN_CLIENT,
    DEAD_CLIENT,
    /** Something befalls a bookie just while a client changes the ensemble. */
    AMBUSH,
    WIPE,
    ROT,
    BAD_METADATA,
    METADATA_OUTAGE,
    CLIENT_SESSION,
    BOOKIE_SESSION
}
