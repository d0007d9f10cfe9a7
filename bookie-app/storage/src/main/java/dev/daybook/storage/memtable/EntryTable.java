package dev.daybook.storage.memtable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of one part of the write cache, in the order in which they came, with one hash table over ledger and entry
 * id. So an entry costs the same however many ledgers there are. Changed by one thread, while it is the active part;
 * from then on anybody may read it.
 */
final class EntryTable {
    /** What an entry costs beside its bytes: 28 bytes in a page, up to 16 in the hash table. */
    static final int ENTRY_OVERHEAD_BYTES = 48;

    private static final int SLOTS_MIN = 1 << 10;

    private final ArrayDeque<EntryPage> spares;
    private final List<EntryPage> pages = new ArrayList<>();

    /** Index of an entry plus one, found by open addressing; 0 is free. At most half of them are taken. */
    private int[] slots;

    private int count;
    private long bytes;
    private int superseded;

    /** Ledger to the index before which its entries are dropped. */
    private final Map<Long, Integer> dropped = new HashMap<>();

    /** @param spares pages that nobody uses; those of this table go there at last */
    EntryTable(ArrayDeque<EntryPage> spares, int expectedCount) {
        this.spares = spares;
        this.slots = new int[slotsFor(expectedCount)];
    }

    private static int slotsFor(int entries) {
        return Math.max(SLOTS_MIN, Integer.highestOneBit(Math.max(1, entries)) << 2);
    }

    /** Entries ever put, dropped and superseded ones included: indices run from 0 to here. */
    int count() {
        return count;
    }

    /** Memory taken. */
    long bytes() {
        return bytes;
    }

    int entries() {
        return count - superseded;
    }

    EntryPage page(int index) {
        return pages.get(index >> EntryPage.INDEX_BITS);
    }

    void put(long ledgerId, long entryId, EntryBytes body) {
        if ((count + 1) * 2L > slots.length) {
            grow();
        }
        if (count == pages.size() << EntryPage.INDEX_BITS) {
            EntryPage spare = spares.pollLast();
            pages.add(spare == null ? new EntryPage() : spare);
        }
        int slot = slotOf(ledgerId, entryId);
        if (slots[slot] != 0) {
            supersede(slots[slot] - 1);
        }
        page(count).set(count, ledgerId, entryId, body);
        slots[slot] = ++count;
        bytes += body.length() + (long) ENTRY_OVERHEAD_BYTES;
    }

    /** The entry came a second time; the last one counts. */
    private void supersede(int index) {
        bytes -= page(index).length(index);
        page(index).release(index);
        superseded++;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int index = 0; index < count; index++) {
            if (page(index).isHeld(index)) {
                slots[slotOf(page(index).ledgerId(index), page(index).entryId(index))] = index + 1;
            }
        }
    }

    /** Where the entry is, or would be. */
    private int slotOf(long ledgerId, long entryId) {
        int mask = slots.length - 1;
        int slot = hash(ledgerId, entryId) & mask;
        while (slots[slot] != 0) {
            int index = slots[slot] - 1;
            EntryPage page = page(index);
            if (page.entryId(index) == entryId && page.ledgerId(index) == ledgerId) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int hash(long ledgerId, long entryId) {
        long mixed = (ledgerId * 0x9e3779b97f4a7c15L + entryId) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed ^ (mixed >>> 32));
    }

    /** The bytes still belong to the table. */
    Optional<EntryBytes> find(long ledgerId, long entryId) {
        int index = slots[slotOf(ledgerId, entryId)] - 1;
        return index < 0 || !isLive(index)
                ? Optional.empty()
                : Optional.of(page(index).body(index));
    }

    /** The entry at an index counts: no later one took its place, and its ledger was not dropped since. */
    boolean isLive(int index) {
        EntryPage page = page(index);
        return page.isHeld(index) && (dropped.isEmpty() || index >= dropped.getOrDefault(page.ledgerId(index), 0));
    }

    /** Hides the ledger's entries. Their memory is released with all the rest, so this costs the same for any number. */
    void drop(long ledgerId) {
        if (count > 0) {
            dropped.put(ledgerId, count);
        }
    }

    /** Releases all entries and forgets them; the table may be used again. */
    void clear() {
        for (int i = 0; i < pages.size(); i++) {
            pages.get(i).releaseAll(Math.min(EntryPage.ENTRIES, count - (i << EntryPage.INDEX_BITS)));
            spares.addLast(pages.get(i));
        }
        pages.clear();
        if (slots.length > slotsFor(count)) {
            slots = new int[slotsFor(count)];
        } else {
            Arrays.fill(slots, 0);
        }
        count = 0;
        bytes = 0;
        superseded = 0;
        dropped.clear();
    }
}
