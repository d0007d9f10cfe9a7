package dev.daybook.core.metadata;

/**
 * Performs metadata effects of one core. At most one is under way per core; each must be answered exactly once and
 * within a deadline, because the core does nothing else with the record until then.
 */
public interface MetadataRequests {
    /** Answered by the core's {@code onMetadataSwapped}. */
    void swapMetadata(SwapMetadata effect);

    /** Answered by the core's {@code onMetadataRead}. Must not be served from a cache. */
    void readMetadata(ReadMetadata effect);
}
