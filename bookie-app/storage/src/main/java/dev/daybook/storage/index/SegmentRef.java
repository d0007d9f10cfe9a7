package dev.daybook.storage.index;

/**
 * A segment as the checkpoint names it.
 *
 * @param firstFlush oldest flush of its rows
 * @param lastFlush newest flush of its rows
 */
public record SegmentRef(long segmentId, long firstFlush, long lastFlush, long rows) {}
