package dev.daybook.server.shard;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a bookie was asked and what it has promised; compared with what it says after a restart. A copy can be held
 * against one possible outcome of a power cut while the original goes on.
 */
final class Promises {
    private final Map<Long, LedgerPromise> ledgers = new TreeMap<>();

    LedgerPromise ledger(long ledgerId) {
        return ledgers.computeIfAbsent(ledgerId, LedgerPromise::new);
    }

    Promises copy() {
        Promises copy = new Promises();
        ledgers.forEach((ledgerId, ledger) -> copy.ledgers.put(ledgerId, ledger.copy()));
        return copy;
    }

    /** What was acknowledged before a sync, and not forced, may be gone. */
    void powerWasCut() {
        ledgers.values().forEach(LedgerPromise::powerWasCut);
    }

    /** So much time passes that no tombstone of today need be kept. */
    void tombstonesAge() {
        ledgers.values().forEach(LedgerPromise::tombstoneAges);
    }

    /** Compares with what a restarted bookie says, and takes what it says for promised from now on. */
    void settle(StepBookie bookie) {
        ledgers.values().forEach(ledger -> ledger.settle(bookie));
    }

    /**
     * After damage to the disk: what is not known may be said to be unknown, but nothing wrong may be said.
     *
     * @param mayBeMissing entries of the last group, of which it cannot be told that it was ever synced
     */
    void checkDamaged(StepBookie bookie, Set<Long> mayBeMissing) {
        ledgers.values().forEach(ledger -> ledger.checkDamaged(bookie, mayBeMissing));
    }
}
