package dev.daybook.core.read;

/** The header of the highest entry a bookie stores, digest checked; its payload is of no interest. */
public record LastEntry(long entryId, long lac, long length) {}
