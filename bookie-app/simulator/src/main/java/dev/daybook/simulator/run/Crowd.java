package dev.daybook.simulator.run;

/**
 * Who comes to the ledgers beside their writers.
 *
 * @param recoverers clients that open a ledger with recovery
 * @param chasing whether each of them comes just when the first writer appends a certain entry
 * @param tails readers that wait for what is written next
 */
record Crowd(int recoverers, boolean chasing, int readers, int tails, int deleters) {}
