package dev.daybook.engine.compaction;

/** Two passes over the entry logs: one that pays at once, and a rarer one that is content with less. */
public enum CompactionKind {
    MINOR,
    MAJOR
}
