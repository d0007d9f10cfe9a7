package dev.daybook.metrics;

/** The recorder of processes that do not measure. */
final class NoRecoveryMetrics implements RecoveryMetrics {
    @Override
    public void ledgers(RepairPhase phase, int count) {}

    @Override
    public void repaired(long nanos) {}

    @Override
    public void stalled(String reason) {}

    @Override
    public void copied(long copies, long bytes) {}

    @Override
    public void auditor(boolean elected) {}

    @Override
    public void searched(String search, boolean complete, long nanos) {}

    @Override
    public void ledgerMarked() {}

    @Override
    public void bookiesAwaited(int count) {}

    @Override
    public void misplaced(long failing, long soft) {}
}
