package dev.daybook.storage.index;

/**
 * A segment as the checkpoint names it.
 *
 * @param firstFlush oldest flush whose rows it holds
 * @param lastFlush newest flush whose rows it holds
 */
public record SegmentRef(long segmentId, long firstFlush, long lastFlush, long rows) {}
