package dev.daybook.storage.memtable;

import java.util.Arrays;

/** Numbers ledgers as they appear, from 0 on: a hash table by open addressing, without an object per ledger. */
final class LedgerNumbers {
    private long[] ids = new long[16];

    /** Number of a ledger plus one; 0 is free. At most half of them are taken. */
    private int[] slots = new int[2 * ids.length];

    private int count;

    int count() {
        return count;
    }

    /** The number of the ledger, which gets one if it has none. */
    int of(long ledgerId) {
        int slot = slotOf(ledgerId);
        if (slots[slot] == 0) {
            if (count == ids.length) {
                grow();
                slot = slotOf(ledgerId);
            }
            ids[count] = ledgerId;
            slots[slot] = ++count;
        }
        return slots[slot] - 1;
    }

    private int slotOf(long ledgerId) {
        int mask = slots.length - 1;
        long mixed = ledgerId * 0x9e3779b97f4a7c15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (slots[slot] != 0 && ids[slots[slot] - 1] != ledgerId) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        ids = Arrays.copyOf(ids, 2 * count);
        slots = new int[2 * ids.length];
        for (int number = 0; number < count; number++) {
            slots[slotOf(ids[number])] = number + 1;
        }
    }

    /** All ledgers, ascending. */
    long[] sortedIds() {
        long[] sorted = Arrays.copyOf(ids, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
