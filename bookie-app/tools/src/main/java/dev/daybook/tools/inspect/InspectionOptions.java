package dev.daybook.tools.inspect;

import java.util.Optional;

/**
 * What to show.
 *
 * @param records each record, not just summaries
 * @param hex with the bytes of each record
 * @param ledgerId only records of this ledger
 * @param entryId only records of this entry
 */
public record InspectionOptions(boolean records, boolean hex, Optional<Long> ledgerId, Optional<Long> entryId) {
    boolean wants(long otherLedgerId, long otherEntryId) {
        return records
                && ledgerId.orElse(otherLedgerId) == otherLedgerId
                && entryId.orElse(otherEntryId) == otherEntryId;
    }

    boolean wantsLedger(long otherLedgerId) {
        return records && ledgerId.orElse(otherLedgerId) == otherLedgerId && entryId.isEmpty();
    }
}
