package dev.daybook.metrics;

/**
 * What a bookie reports while it works. The methods of requests and of the journal are called on hot paths from any
 * thread: implementations neither block nor allocate there. Durations are nanoseconds, sizes are bytes.
 */
public interface BookieMetrics {
    /** Records nothing. */
    BookieMetrics NONE = new NoBookieMetrics();

    /**
     * A request was answered.
     *
     * @param nanos from the decoded request to the answer handed to the network
     * @param bytes of the entries carried by the request or its answer, 0 if there are none
     */
    void requestCompleted(RequestKind kind, RequestStatus status, long nanos, long bytes);

    /** Entry bytes that were accepted and are not answered changed by this much. */
    void bytesInFlightChanged(long delta);

    /** Client connections were opened (positive) or closed (negative). */
    void connectionsChanged(int delta);

    /** A connection was closed because a frame broke the wire protocol or its size limit. */
    void frameRejected();

    /** A group of entries is on disk; {@code nanos} is the time of the forced write. */
    void journalSynced(long nanos, long bytes, int entries);

    /** The write cache went to entry log and index. */
    void flushCompleted(long nanos, long bytes);

    /** Bytes that wait in the write cache now. */
    void writeCacheBytes(long bytes);

    /** Journal bytes that a restart would replay now. */
    void journalReplayBytes(long bytes);

    /** Entry log files and their bytes now. */
    void entryLogs(long files, long bytes);

    /** A pass of garbage collection came to its end and deleted so many ledgers here. */
    void garbageCollected(long ledgers);

    /** Entry logs of so many bytes were deleted. */
    void spaceReclaimed(long bytes);

    /** Compaction copied live entries of so many bytes. */
    void compactionCopied(long bytes);

    /** How many finished entry logs have a live share up to 0.1, above that up to 0.2, and so on; ten numbers. */
    void entryLogsByLiveShare(long[] logs);

    /**
     * A scrub round came to its end.
     *
     * @param bytes read back
     * @param damagedPlaces found
     * @param unreadableLedgers of which entries cannot be read here
     */
    void scrubCompleted(long bytes, long damagedPlaces, long unreadableLedgers);

    /**
     * How many ledgers may lack entries here now.
     *
     * @param stuck those of them that could not be filled at the last attempt
     */
    void limbo(long ledgers, long stuck);

    /** So many ledgers are complete again, and so many entries were copied here for that, with a payload of so many bytes. */
    void refilled(long ledgers, long entries, long bytes);

    /** Whether the bookie refuses adds now. */
    void readOnly(boolean readOnly);

    /** Total and free bytes of the volume of a journal or ledger directory now. Called every few seconds at most. */
    void diskUsage(String directory, long totalBytes, long freeBytes);
}
