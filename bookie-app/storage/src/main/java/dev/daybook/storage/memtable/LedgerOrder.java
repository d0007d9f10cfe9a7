package dev.daybook.storage.memtable;

import java.util.Arrays;

/** The live entries of a table by ledger and entry id. */
final class LedgerOrder {
    private final long[] ledgerIds;

    /** Per ledger, where its entries begin in {@link #indices}; one more for the end. */
    private final int[] starts;

    private final int[] indices;

    private LedgerOrder(long[] ledgerIds, int[] starts, int[] indices) {
        this.ledgerIds = ledgerIds;
        this.starts = starts;
        this.indices = indices;
    }

    /** Counts per ledger and places, which is linear but for the ledgers; entries of one mostly come in order already. */
    static LedgerOrder of(EntryTable table) {
        LedgerNumbers numbers = new LedgerNumbers();
        int[] numberOf = numbersOf(table, numbers);
        long[] ledgerIds = numbers.sortedIds();
        int[] counts = new int[ledgerIds.length];
        for (int number : numberOf) {
            if (number >= 0) {
                counts[number]++;
            }
        }
        int[] starts = new int[ledgerIds.length + 1];
        int[] cursors = new int[ledgerIds.length];
        for (int i = 0; i < ledgerIds.length; i++) {
            int number = numbers.of(ledgerIds[i]);
            cursors[number] = starts[i];
            starts[i + 1] = starts[i] + counts[number];
        }
        int[] indices = new int[starts[ledgerIds.length]];
        for (int index = 0; index < numberOf.length; index++) {
            if (numberOf[index] >= 0) {
                indices[cursors[numberOf[index]]++] = index;
            }
        }
        for (int i = 0; i < ledgerIds.length; i++) {
            sort(table, indices, starts[i], starts[i + 1]);
        }
        return new LedgerOrder(ledgerIds, starts, indices);
    }

    /** Of each entry the number of its ledger; -1 for one that does not count. */
    private static int[] numbersOf(EntryTable table, LedgerNumbers numbers) {
        int[] numberOf = new int[table.count()];
        for (int index = 0; index < numberOf.length; index++) {
            numberOf[index] = table.isLive(index) ? numbers.of(table.page(index).ledgerId(index)) : -1;
        }
        return numberOf;
    }

    private static void sort(EntryTable table, int[] indices, int from, int to) {
        boolean sorted = true;
        for (int i = from + 1; i < to && sorted; i++) {
            sorted = entryIdAt(table, indices[i - 1]) < entryIdAt(table, indices[i]);
        }
        if (sorted) {
            return;
        }
        Integer[] boxed = new Integer[to - from];
        for (int i = from; i < to; i++) {
            boxed[i - from] = indices[i];
        }
        Arrays.sort(boxed, (a, b) -> Long.compare(entryIdAt(table, a), entryIdAt(table, b)));
        for (int i = from; i < to; i++) {
            indices[i] = boxed[i - from];
        }
    }

    private static long entryIdAt(EntryTable table, int index) {
        return table.page(index).entryId(index);
    }

    int ledgerCount() {
        return ledgerIds.length;
    }

    /** Ascending with the position. */
    long ledgerIdAt(int position) {
        return ledgerIds[position];
    }

    /** Where the entries of the ledger at a position begin; those of the last one end at that of the count. */
    int startAt(int position) {
        return starts[position];
    }

    /** Table index of an entry; ascending by entry id within each ledger. */
    int indexAt(int place) {
        return indices[place];
    }
}
