package dev.daybook.metrics;

/** What auto-recovery reports while it works, from any thread. Durations are nanoseconds, sizes are payload bytes. */
public interface RecoveryMetrics {
    /** Records nothing. */
    RecoveryMetrics NONE = new NoRecoveryMetrics();

    /** So many of the marked ledgers that the worker knows are in this phase now. */
    void ledgers(RepairPhase phase, int count);

    /** A ledger was found or made whole. */
    void repaired(long nanos);

    /**
     * An attempt left copies missing.
     *
     * @param reason in small letters, like {@code no_target}
     */
    void stalled(String reason);

    /** Copies were made, whether that made the ledger whole or not. */
    void copied(long copies, long bytes);

    /** Whether this process is the auditor of the cluster now. */
    void auditor(boolean elected);

    /**
     * A search through all ledgers has ended.
     *
     * @param search in small letters, like {@code lost_bookies}
     * @param complete false if it was given up
     */
    void searched(String search, boolean complete, long nanos);

    /** The auditor has found copies missing and asked for repair. */
    void ledgerMarked();

    /** So many bookies are away and may come back before their ledgers are marked. */
    void bookiesAwaited(int count);

    /** What the last complete search found: ensembles that break the placement policy, and that only just keep to it. */
    void misplaced(long failing, long soft);
}
