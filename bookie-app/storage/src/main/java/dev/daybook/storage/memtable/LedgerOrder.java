package dev.daybook.storage.memtable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

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

    /** Counts per ledger and places, which is linear; entries of a ledger mostly come in order already. */
    static LedgerOrder of(EntryTable table) {
        // Ledgers are numbered as they appear, -1 stands for an entry that does not count.
        Map<Long, Integer> numbers = new HashMap<>();
        int[] numberOf = new int[table.count()];
        int live = 0;
        for (int index = 0; index < table.count(); index++) {
            numberOf[index] = -1;
            if (table.isLive(index)) {
                long ledgerId = table.page(index).ledgerId(index);
                boolean sameAsBefore = index > 0
                        && numberOf[index - 1] >= 0
                        && table.page(index - 1).ledgerId(index - 1) == ledgerId;
                numberOf[index] =
                        sameAsBefore ? numberOf[index - 1] : numbers.computeIfAbsent(ledgerId, id -> numbers.size());
                live++;
            }
        }
        int[] counts = new int[numbers.size()];
        for (int number : numberOf) {
            if (number >= 0) {
                counts[number]++;
            }
        }
        long[] ledgerIds =
                numbers.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        int[] starts = new int[ledgerIds.length + 1];
        int[] cursors = new int[ledgerIds.length];
        for (int i = 0; i < ledgerIds.length; i++) {
            int number = numbers.getOrDefault(ledgerIds[i], 0);
            cursors[number] = starts[i];
            starts[i + 1] = starts[i] + counts[number];
        }
        int[] indices = new int[live];
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

    /** Ascending. */
    long[] ledgerIds() {
        return ledgerIds.clone();
    }

    /** Table indices of the ledger's entries by ascending entry id. */
    int[] indicesOf(long ledgerId) {
        int at = Arrays.binarySearch(ledgerIds, ledgerId);
        return at < 0 ? new int[0] : Arrays.copyOfRange(indices, starts[at], starts[at + 1]);
    }
}
