package dev.daybook.client;

import java.time.Duration;

/**
 * How entries are read. Every read asks one replica, and others when it fails; this is about which and when.
 *
 * @param hedgeDelay how long a replica may keep a read waiting before another one is asked as well (speculative read);
 *     zero: never before it fails
 * @param reorder ask replicas that failed, are slow, read-only or gone last; otherwise always in the order of writing
 * @param sticky let one bookie serve all reads of a handle while none is healthier, instead of all in turn; only for
 *     ledgers whose ensemble equals their write quorum
 * @param batch whether {@link ReadLedger#readBatch} asks bookies for several entries by one request
 * @param repairHints whether a bad copy of a closed ledger that a good one was found for is marked as lacking in the
 *     metadata store, so that autorecovery replaces it; likewise what a bookie failed while this client wrote the ledger
 */
public record ReadConfig(Duration hedgeDelay, boolean reorder, boolean sticky, boolean batch, boolean repairHints) {
    public static final ReadConfig DEFAULT = new ReadConfig(Duration.ofMillis(500), true, false, true, true);

    public ReadConfig {
        if (hedgeDelay.isNegative()) {
            throw new IllegalArgumentException("reads.hedgeDelay must not be negative, was " + hedgeDelay);
        }
    }

    public ReadConfig withHedgeDelay(Duration newHedgeDelay) {
        return new ReadConfig(newHedgeDelay, reorder, sticky, batch, repairHints);
    }

    public ReadConfig withReorder(boolean newReorder) {
        return new ReadConfig(hedgeDelay, newReorder, sticky, batch, repairHints);
    }

    public ReadConfig withSticky(boolean newSticky) {
        return new ReadConfig(hedgeDelay, reorder, newSticky, batch, repairHints);
    }

    public ReadConfig withBatch(boolean newBatch) {
        return new ReadConfig(hedgeDelay, reorder, sticky, newBatch, repairHints);
    }

    public ReadConfig withRepairHints(boolean newRepairHints) {
        return new ReadConfig(hedgeDelay, reorder, sticky, batch, newRepairHints);
    }
}
