package dev.daybook.console.view;

import dev.daybook.console.cluster.FragmentRisk;
import dev.daybook.console.cluster.Presence;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Everything about one ledger but its password.
 *
 * @param worst of all fragments
 * @param fragments the newest, oldest first
 * @param fragmentsHidden older ones that are not in the table
 * @param version of the metadata record in its store
 */
public record LedgerPage(
        LedgerRow row,
        Mark worst,
        String worstHint,
        List<FragmentRow> fragments,
        Num fragmentsHidden,
        List<Custom> custom,
        String lastEntry,
        int format,
        String version) {
    private static final int FRAGMENTS_MAX = 200;

    /** One fragment with its ensemble. */
    public record FragmentRow(String entries, List<BookieChip> ensemble, Mark copies, String hint) {}

    /** One pair of the custom metadata. */
    public record Custom(Foreign key, Foreign value, Num bytes) {}

    public static LedgerPage of(
            LedgerId id, Versioned<LedgerMetadata> versioned, Function<BookieId, Presence> presence, Instant now) {
        LedgerMetadata metadata = versioned.value();
        List<FragmentRisk> risks = FragmentRisk.of(metadata, presence);
        FragmentRisk worst = FragmentRisk.worst(risks);
        int hidden = Math.max(0, risks.size() - FRAGMENTS_MAX);
        return new LedgerPage(
                LedgerRow.of(id, metadata, now),
                Mark.of(worst),
                worst.hint(),
                risks.stream().skip(hidden).map(LedgerPage::row).toList(),
                Num.count(hidden),
                metadata.custom().entrySet().stream()
                        .map(pair -> new Custom(
                                Foreign.text(pair.getKey()),
                                Foreign.value(pair.getKey(), pair.getValue()),
                                Num.bytes(pair.getValue().length)))
                        .toList(),
                metadata.end()
                        .map(end -> end.lastEntryId() < 0
                                ? "none, the ledger is empty"
                                : Num.count(end.lastEntryId()).text())
                        .orElse("not fixed yet"),
                metadata.formatVersion(),
                Long.toString(versioned.version()));
    }

    private static FragmentRow row(FragmentRisk risk) {
        String first = Num.count(risk.firstEntry()).text();
        String entries = risk.level() == FragmentRisk.Level.EMPTY
                ? "none, from " + first
                : first + " – "
                        + (risk.lastEntry().isPresent()
                                ? Num.count(risk.lastEntry().getAsLong()).text()
                                : "…");
        return new FragmentRow(
                entries,
                risk.ensemble().stream()
                        .map(member -> BookieChip.of(member.bookie(), member.presence()))
                        .toList(),
                Mark.of(risk),
                risk.hint());
    }
}
