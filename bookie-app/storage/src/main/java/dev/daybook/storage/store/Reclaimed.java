package dev.daybook.storage.store;

/** What a pass over the entry logs gave back. */
public record Reclaimed(int logs, long bytes) {}
