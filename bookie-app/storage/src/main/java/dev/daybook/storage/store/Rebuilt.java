package dev.daybook.storage.store;

/**
 * What a rebuild of the index found in the entry logs.
 *
 * @param entries rows of the new index
 * @param bytes of the logs that were read
 * @param damagedBytes of them that hold no valid record
 * @param doubtedLedgers ledgers that may have had entries there; what is not found of them is unknown from now on
 */
public record Rebuilt(long entries, long bytes, long damagedBytes, long doubtedLedgers) {}
