package dev.daybook.metrics;

/** The recorder of bookies that do not measure. */
final class NoBookieMetrics implements BookieMetrics {
    @Override
    public void requestCompleted(RequestKind kind, RequestStatus status, long nanos, long bytes) {}

    @Override
    public void bytesInFlightChanged(long delta) {}

    @Override
    public void connectionsChanged(int delta) {}

    @Override
    public void frameRejected() {}

    @Override
    public void journalSynced(long nanos, long bytes, int entries) {}

    @Override
    public void flushCompleted(long nanos, long bytes) {}

    @Override
    public void writeCacheBytes(long bytes) {}

    @Override
    public void journalReplayBytes(long bytes) {}

    @Override
    public void entryLogs(long files, long bytes) {}

    @Override
    public void garbageCollected(long ledgers) {}

    @Override
    public void spaceReclaimed(long bytes) {}

    @Override
    public void compactionCopied(long bytes) {}

    @Override
    public void entryLogsByLiveShare(long[] logs) {}

    @Override
    public void scrubCompleted(long bytes, long damagedPlaces, long unreadableLedgers) {}

    @Override
    public void limbo(long ledgers, long stuck) {}

    @Override
    public void refilled(long ledgers, long entries, long bytes) {}

    @Override
    public void readOnly(boolean readOnly) {}

    @Override
    public void diskUsage(String directory, long totalBytes, long freeBytes) {}
}
