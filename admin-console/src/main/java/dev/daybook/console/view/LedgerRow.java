package dev.daybook.console.view;

import dev.daybook.console.cluster.LedgerReader;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One ledger in a list or at the top of its page.
 *
 * @param quorum ensemble, write and ack quorum; empty if unknown
 * @param digest empty if the metadata name none
 */
public record LedgerRow(
        String id,
        String href,
        Mark state,
        String quorum,
        Num size,
        Num entries,
        Num fragments,
        String digest,
        @Nullable When created,
        String note) {
    public static LedgerRow of(LedgerReader.Row row, Instant now) {
        if (row.metadata().value().isEmpty()) {
            return without(row.id(), "unknown", row.metadata().problem().orElse(""));
        }
        return row.metadata()
                .value()
                .get()
                .map(metadata -> of(row.id(), metadata, now))
                .orElseGet(() -> without(row.id(), "deleted", "Deleted while this page was made."));
    }

    public static LedgerRow of(LedgerId id, LedgerMetadata metadata, Instant now) {
        return new LedgerRow(
                id.toString(),
                Links.ledger(id),
                Mark.of(metadata.state()),
                metadata.quorum().ensemble() + " / " + metadata.quorum().write() + " / "
                        + metadata.quorum().ack(),
                metadata.end().map(end -> Num.bytes(end.length())).orElse(new Num("not closed", "")),
                metadata.end()
                        .map(end -> Num.count(end.lastEntryId() + 1))
                        .orElse(Num.atLeast(metadata.lastFragment().firstEntryId())),
                Num.count(metadata.fragments().size()),
                metadata.credentials()
                        .map(credentials -> credentials.digest().name().toLowerCase(Locale.ROOT))
                        .orElse(""),
                metadata.createdMillis().isPresent()
                        ? When.ofMillis(metadata.createdMillis().getAsLong(), now)
                        : null,
                "");
    }

    private static LedgerRow without(LedgerId id, String word, String note) {
        return new LedgerRow(
                id.toString(),
                Links.ledger(id),
                new Mark("none", word),
                "",
                Num.UNKNOWN,
                Num.UNKNOWN,
                Num.UNKNOWN,
                "",
                null,
                note);
    }
}
