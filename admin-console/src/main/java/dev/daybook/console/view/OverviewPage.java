package dev.daybook.console.view;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.Fact;
import dev.daybook.console.cluster.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first page.
 *
 * @param capacity null if no bookie tells
 * @param capacityNote whose disks the sum holds
 */
public record OverviewPage(
        Mark verdict,
        List<Reason> reasons,
        Num writable,
        Num readOnly,
        Num down,
        @Nullable Bar capacity,
        String capacityNote,
        Num underReplicated,
        String auditor,
        Mark repair,
        String instanceId,
        List<BookieRow> bookies) {
    /** A reason of the verdict, linked. */
    public record Reason(Mark mark, String code, String sentence, String href) {}

    public static OverviewPage of(ClusterSnapshot snapshot, Instant now) {
        Verdict verdict = Verdict.of(snapshot);
        boolean current = snapshot.bookies().current();
        return new OverviewPage(
                Mark.of(verdict.level()),
                verdict.reasons().stream()
                        .map(r -> new Reason(Mark.of(r.level()), r.code(), r.sentence(), r.href()))
                        .toList(),
                count(snapshot, BookieRecord.State.WRITABLE),
                count(snapshot, BookieRecord.State.READ_ONLY),
                count(snapshot, BookieRecord.State.DOWN),
                snapshot.capacity().map(Bar::of).orElse(null),
                "sum over " + snapshot.bookiesInCapacity()
                        + (snapshot.bookiesInCapacity() == 1 ? " bookie that tells" : " bookies that tell"),
                snapshot.underReplicated()
                        .value()
                        .map(marks -> marks.size() > ClusterSnapshot.UNDER_REPLICATED_MAX
                                ? Num.atLeast(marks.size())
                                : Num.count(marks.size()))
                        .orElse(Num.UNKNOWN),
                auditor(snapshot.auditor()),
                repair(snapshot.autoRecovery()),
                text(snapshot.instanceId()),
                snapshot.knownBookies().stream()
                        .map(facts -> BookieRow.of(facts, current, now))
                        .toList());
    }

    /** For the overview and the page of under-replicated ledgers. */
    public static String auditor(Fact<Optional<String>> auditor) {
        return auditor.value()
                .map(elected -> elected.map(text -> Foreign.text(text).text()).orElse("none elected"))
                .orElse("unknown");
    }

    /** The cluster's switch for automatic repair. */
    public static Mark repair(Fact<Boolean> autoRecovery) {
        return autoRecovery
                .value()
                .map(on -> on ? new Mark("ok", "on") : new Mark("warn", "off"))
                .orElse(new Mark("none", "unknown"));
    }

    private static Num count(ClusterSnapshot snapshot, BookieRecord.State state) {
        return snapshot.bookies().known() ? Num.count(snapshot.count(state)) : Num.UNKNOWN;
    }

    private static String text(Fact<Optional<String>> fact) {
        return fact.value()
                .map(value -> value.map(text -> Foreign.text(text).text()).orElse("none"))
                .orElse("unknown");
    }
}
