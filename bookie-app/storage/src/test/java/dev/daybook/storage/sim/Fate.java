package dev.daybook.storage.sim;

/** What became of an unsynced change. */
enum Fate {
    LOST,
    KEPT,
    /** Of a page only: each sector decides for itself. Anything else is kept. */
    TORN
}
