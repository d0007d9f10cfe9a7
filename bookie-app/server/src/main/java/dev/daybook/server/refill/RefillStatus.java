package dev.daybook.server.refill;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the refill of a bookie goes. Numbers count from the start of the bookie.
 *
 * @param running whether ledgers are looked at now
 * @param ledgersLeft in limbo, when they were last counted
 * @param ledgersFilled that left limbo
 * @param entriesCopied from peers
 * @param bytesCopied payload of these entries
 * @param staying by ledger, one sentence each: why it is in limbo still
 * @param problem why nothing can be done at all, one sentence; empty if something can
 */
public record RefillStatus(
        boolean running,
        long ledgersLeft,
        long ledgersFilled,
        long entriesCopied,
        long bytesCopied,
        SortedMap<Long, String> staying,
        String problem) {
    public RefillStatus {
        NavigableMap<Long, String> copy = new TreeMap<>();
        staying.forEach(copy::put); // One by one, since it may change meanwhile: a copy as a whole trusts its size.
        staying = Collections.unmodifiableNavigableMap(copy);
    }

    /** The first few of those that stay, for the log. */
    Map<Long, String> examples(int limit) {
        SortedMap<Long, String> first = new TreeMap<>();
        staying.entrySet().stream().limit(limit).forEach(entry -> first.put(entry.getKey(), entry.getValue()));
        return first;
    }
}
