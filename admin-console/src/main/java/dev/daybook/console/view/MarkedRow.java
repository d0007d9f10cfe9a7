package dev.daybook.console.view;

import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.console.cluster.FragmentRisk;
import dev.daybook.console.cluster.LedgerReader;
import dev.daybook.console.cluster.Presence;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that is marked as lacking copies.
 *
 * @param copies of its worst fragment
 * @param marked null if the mark carries no time
 * @param lockedBy worker that repairs it, empty if none
 * @param why it is not whole yet, as a worker says; empty if none does
 */
public record MarkedRow(
        LedgerRow ledger,
        Mark copies,
        String hint,
        List<BookieChip> missing,
        @Nullable When marked,
        String lockedBy,
        String why,
        FragmentRisk.Level level,
        long markedMillis) {
    /** Fewest copies first, then the oldest mark. */
    public static final Comparator<MarkedRow> WORST_FIRST =
            Comparator.comparing(MarkedRow::level).reversed().thenComparingLong(MarkedRow::markedMillis);

    public static MarkedRow of(
            UnderReplicatedLedger mark,
            LedgerReader.Row row,
            Function<BookieId, Presence> presence,
            String why,
            Instant now) {
        Optional<FragmentRisk> worst =
                row.metadata().value().flatMap(Function.identity()).map(metadata -> worst(metadata, presence));
        return new MarkedRow(
                LedgerRow.of(row, now),
                worst.map(Mark::of).orElse(new Mark("none", "unknown")),
                worst.map(MarkedRow::shortHint).orElse(""),
                mark.missing().stream()
                        .map(bookie -> BookieChip.of(bookie, presence.apply(bookie)))
                        .toList(),
                mark.markedMillis().isPresent()
                        ? When.ofMillis(mark.markedMillis().getAsLong(), now)
                        : null,
                mark.lockedBy().map(text -> Foreign.text(text.strip()).text()).orElse(""),
                Foreign.text(why).text(),
                worst.map(FragmentRisk::level).orElse(FragmentRisk.Level.UNKNOWN),
                mark.markedMillis().orElse(Long.MAX_VALUE));
    }

    private static String shortHint(FragmentRisk risk) {
        return switch (risk.level()) {
            case LAST_COPY -> "last copy";
            case UNREADABLE -> "not readable now";
            case COMPLETE -> "all reachable again";
            case EMPTY, UNKNOWN, REDUCED -> "";
        };
    }

    private static FragmentRisk worst(LedgerMetadata metadata, Function<BookieId, Presence> presence) {
        return FragmentRisk.worst(FragmentRisk.of(metadata, presence));
    }
}
