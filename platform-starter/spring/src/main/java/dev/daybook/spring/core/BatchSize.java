package dev.daybook.spring.core;

import dev.daybook.client.LedgerEntry;
import java.util.List;

/**
 * How many entries to ask for next: about {@code targetBytes} worth, judged by the largest entry of the last batch,
 * growing at most fourfold so that one small batch cannot lead to a huge one. Never above {@code maxEntries}.
 */
final class BatchSize {
    private static final int FIRST = 16;
    private static final int GROWTH = 4;

    private final int maxEntries;
    private final long targetBytes;
    private int next;

    BatchSize(int maxEntries, long targetBytes) {
        this.maxEntries = maxEntries;
        this.targetBytes = targetBytes;
        this.next = Math.min(FIRST, maxEntries);
    }

    int next() {
        return next;
    }

    void observe(List<LedgerEntry> batch) {
        long largest = 1;
        for (LedgerEntry entry : batch) {
            largest = Math.max(largest, entry.payload().length);
        }
        long fitting = Math.max(1, targetBytes / largest);
        next = (int) Math.min(Math.min(fitting, (long) next * GROWTH), maxEntries);
    }
}
