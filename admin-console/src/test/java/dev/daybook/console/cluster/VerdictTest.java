package dev.daybook.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.BookieRecord.State;
import dev.daybook.console.Samples;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void healthNeedsEveryPartToBeRead() {
        ClusterSnapshot good = snapshot(Fact.of(List.of(bookie("b1", 0.5)), NOON));
        assertThat(Verdict.of(good).level()).isEqualTo(Verdict.Level.HEALTHY);
        assertThat(Verdict.of(good).reasons()).isEmpty();

        ClusterSnapshot marksUnread = new ClusterSnapshot(
                NOON,
                good.bookies(),
                good.underReplicated().failed("No answer."),
                good.auditor(),
                good.autoRecovery(),
                good.instanceId());
        assertThat(Verdict.of(marksUnread).level()).isEqualTo(Verdict.Level.UNKNOWN);

        ClusterSnapshot auditorUnread = new ClusterSnapshot(
                NOON,
                good.bookies(),
                good.underReplicated(),
                Fact.unknown("No answer."),
                good.autoRecovery(),
                good.instanceId());
        assertThat(codes(auditorUnread)).containsExactly("repair-unknown");
    }

    @Test
    void whatIsRememberedOnlyIsNoReason() {
        ClusterSnapshot old =
                snapshot(Fact.of(List.of(bookie("b1", 0.99)), NOON).failed("No answer."));

        assertThat(codes(old)).containsExactly("metadata-unreachable");
        assertThat(Verdict.of(old).level()).isEqualTo(Verdict.Level.CRITICAL);
    }

    @Test
    void disksAreJudgedByTheirBookiesOwnLines() {
        assertThat(codes(snapshot(Fact.of(List.of(bookie("b1", 0.89)), NOON)))).isEmpty();
        assertThat(codes(snapshot(Fact.of(List.of(bookie("b1", 0.91)), NOON)))).containsExactly("disks-nearly-full");
        assertThat(codes(snapshot(Fact.of(List.of(bookie("b1", 0.96)), NOON)))).containsExactly("disks-full");
    }

    @Test
    void aBookieThatTellsNothingIsNamed() {
        BookieFacts silent = new BookieFacts(
                record("b1"),
                new BookieServiceInfo(List.of(), Map.of()),
                Optional.of(NOON),
                Fact.unknown("No endpoint."),
                Fact.unknown("No answer."));

        assertThat(codes(snapshot(Fact.of(List.of(silent), NOON)))).containsExactly("usage-unknown");
    }

    private static List<String> codes(ClusterSnapshot snapshot) {
        return Verdict.of(snapshot).reasons().stream().map(Verdict.Reason::code).toList();
    }

    private static ClusterSnapshot snapshot(Fact<List<BookieFacts>> bookies) {
        return new ClusterSnapshot(
                NOON,
                bookies,
                Fact.of(List.of(), NOON),
                Fact.of(Optional.of("b1"), NOON),
                Fact.of(true, NOON),
                Fact.of(Optional.of("id"), NOON));
    }

    private static BookieFacts bookie(String id, double usedRatio) {
        return new BookieFacts(
                record(id),
                new BookieServiceInfo(List.of(), Map.of()),
                Optional.of(NOON),
                Fact.of(Samples.usage(id, usedRatio), NOON),
                Fact.unknown("Not asked."));
    }

    private static BookieRecord record(String id) {
        return new BookieRecord(new BookieId(id), State.WRITABLE, new BookieServiceInfo(List.of(), Map.of()));
    }
}
