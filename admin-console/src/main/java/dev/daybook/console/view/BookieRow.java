package dev.daybook.console.view;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.console.cluster.BookieFacts;
import dev.daybook.console.cluster.Presence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One bookie in a list.
 *
 * @param disk fullest ledger directory, null if unknown
 * @param journalReplay what a restart after a crash would read
 * @param asOf when the usage, or at least the disk, was true; null if neither was ever known
 * @param late whether the latest look learned neither
 * @param note why usage is missing or old, empty if it is current
 */
public record BookieRow(
        String id,
        String href,
        Mark state,
        @Nullable Bar disk,
        Num journalBytes,
        Num journalReplay,
        Num entryLogCount,
        Num entryLogBytes,
        Num ledgers,
        Num entries,
        @Nullable When asOf,
        boolean late,
        String note) {
    /** @param current whether the state itself is current, not remembered */
    public static BookieRow of(BookieFacts facts, boolean current, Instant now) {
        BookieUsage usage = facts.usage().value().orElse(null);
        Mark state = current ? Mark.of(facts.state()) : Mark.of(Presence.UNKNOWN);
        return new BookieRow(
                facts.id().value(),
                Links.bookie(facts.id()),
                state,
                facts.fullest().map(Bar::of).orElse(null),
                usage == null
                        ? Num.UNKNOWN
                        : Num.bytes(sum(usage.journals().stream()
                                .map(BookieUsage.Journal::bytes)
                                .toList())),
                usage == null
                        ? Num.UNKNOWN
                        : Num.bytes(sum(usage.journals().stream()
                                .map(BookieUsage.Journal::replayBytes)
                                .toList())),
                usage == null ? Num.UNKNOWN : Num.count(usage.entryLogs().count()),
                usage == null ? Num.UNKNOWN : Num.bytes(usage.entryLogs().bytes()),
                usage == null ? Num.UNKNOWN : Num.count(usage.ledgers()),
                usage == null ? Num.UNKNOWN : Num.count(usage.entries()),
                facts.usage()
                        .at()
                        .or(() -> facts.disk().at())
                        .map(at -> When.of(at, now))
                        .orElse(null),
                !facts.told() || !current,
                facts.usage().problem().orElse(""));
    }

    /** One unknown part makes the sum unknown; no part at all is unknown as well, for every bookie has a journal. */
    private static long sum(List<Long> parts) {
        return parts.isEmpty() || parts.stream().anyMatch(part -> part < 0)
                ? BookieUsage.UNKNOWN
                : parts.stream().mapToLong(Long::longValue).sum();
    }
}
