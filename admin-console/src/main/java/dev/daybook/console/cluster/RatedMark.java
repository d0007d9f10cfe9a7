package dev.daybook.console.cluster;

import dev.daybook.client.meta.UnderReplicatedLedger;
import java.util.Comparator;

/**
 * A marked ledger with what it means for its entries.
 *
 * @param level of its worst fragment
 * @param bytesLacking payload that copies have to be made of, as far as the record of a closed ledger tells; 0 otherwise
 */
public record RatedMark(UnderReplicatedLedger mark, FragmentRisk.Level level, long bytesLacking) {
    /** Fewest copies first, then the oldest mark. */
    public static final Comparator<RatedMark> WORST_FIRST = Comparator.comparing(RatedMark::level)
            .reversed()
            .thenComparingLong(rated -> rated.mark().markedMillis().orElse(Long.MAX_VALUE))
            .thenComparing(rated -> rated.mark().ledger());
}
