package dev.daybook.engine.ledger;

import java.util.Set;
import java.util.TreeSet;

/**
 * Which ledgers this bookie may have forgotten: those whose journal or ledger directory was lost or found damaged. Of
 * such a ledger nothing is denied, not even one that nobody here has heard of, until the metadata store has told which
 * ledgers were here and each of them was put in limbo. Ledgers belong to directories by their id modulo the number of
 * directories, so the doubt covers exactly the ledgers of what was lost.
 *
 * @param journals number of journals
 * @param lostJournals indices of those that lost something
 * @param stores number of ledger directories
 * @param lostStores indices of those that lost something
 */
public record Doubt(int journals, Set<Integer> lostJournals, int stores, Set<Integer> lostStores) {
    /** Everything that was ever here is here. */
    public static final Doubt NONE = new Doubt(1, Set.of(), 1, Set.of());

    /** Nothing is known of what was here. */
    public static final Doubt OF_EVERYTHING = new Doubt(1, Set.of(0), 1, Set.of());

    public Doubt {
        lostJournals = Set.copyOf(lostJournals);
        lostStores = Set.copyOf(lostStores);
    }

    /** No doubt yet, of a bookie with so many directories. */
    public static Doubt none(int journals, int stores) {
        return new Doubt(journals, Set.of(), stores, Set.of());
    }

    public boolean isNone() {
        return lostJournals.isEmpty() && lostStores.isEmpty();
    }

    /** Whether entries, fence or existence of the ledger may have been forgotten. */
    public boolean covers(long ledgerId) {
        if (isNone()) {
            return false;
        }
        return lostJournals.contains(Math.floorMod(ledgerId, journals))
                || lostStores.contains(Math.floorMod(ledgerId, stores));
    }

    public Doubt withLostJournal(int index) {
        Set<Integer> lost = new TreeSet<>(lostJournals);
        lost.add(index);
        return new Doubt(journals, lost, stores, lostStores);
    }

    public Doubt withLostStore(int index) {
        Set<Integer> lost = new TreeSet<>(lostStores);
        lost.add(index);
        return new Doubt(journals, lostJournals, stores, lost);
    }
}
