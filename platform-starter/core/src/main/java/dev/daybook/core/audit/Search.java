package dev.daybook.core.audit;

/** A walk over all ledgers, each for something else. Source: auto-recovery specification, section 3. */
public enum Search {
    /** For members of ensembles that are not alive; reads metadata only. */
    LOST_BOOKIES,
    /** For copies that are missing on bookies that are alive. */
    MISSING_COPIES,
    /** For ensembles that do not keep to the placement policy; reads metadata only. */
    PLACEMENT,
    /** For copies of every single entry, where the search for missing copies asks for some. */
    REPLICA_COUNT
}
