package dev.daybook.core.job;

import dev.daybook.protocol.model.BookieId;

/**
 * How much a bookie has.
 *
 * @param writable whether it may get more
 * @param totalBytes of the disks of its ledger folders; 0 if it did not say
 * @param freeBytes of them
 */
public record BookieLoad(BookieId bookie, boolean writable, long totalBytes, long freeBytes) {
    /** Whether it has told how full its disks are. */
    boolean isKnown() {
        return totalBytes > 0;
    }
}
