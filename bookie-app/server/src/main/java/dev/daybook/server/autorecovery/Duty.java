package dev.daybook.server.autorecovery;

/** What a process of auto-recovery does. */
public enum Duty {
    /** It is a candidate for the office of auditor, who marks what lacks copies. */
    AUDIT,
    /** It repairs what is marked. */
    REPAIR
}
