package dev.daybook.metrics;

/** The recorder of applications that do not measure. */
final class NoClientMetrics implements ClientMetrics {
    @Override
    public void addCompleted(CallOutcome outcome, long nanos, long bytes) {}

    @Override
    public void readCompleted(CallOutcome outcome, long nanos, long bytes) {}

    @Override
    public void pendingBytesChanged(long delta) {}

    @Override
    public void ensembleChanged() {}

    @Override
    public void bookieFailed(BookieFailure reason) {}

    @Override
    public void speculativeReadSent() {}

    @Override
    public void speculativeReadWon() {}

    @Override
    public void quarantineChanged(int delta) {}

    @Override
    public void repairHintSent() {}
}
