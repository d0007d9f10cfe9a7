package dev.daybook.core.audit;

/** What an auditor waits for. */
public enum AuditTimer {
    /** For a lost bookie to come back. */
    RETURN,
    /** For the next search of a kind to be due. */
    LOST_BOOKIES_DUE,
    MISSING_COPIES_DUE,
    PLACEMENT_DUE,
    REPLICA_COUNT_DUE;

    static AuditTimer due(Search search) {
        return switch (search) {
            case LOST_BOOKIES -> LOST_BOOKIES_DUE;
            case MISSING_COPIES -> MISSING_COPIES_DUE;
            case PLACEMENT -> PLACEMENT_DUE;
            case REPLICA_COUNT -> REPLICA_COUNT_DUE;
        };
    }
}
