package dev.daybook.console.cluster;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.UnderReplicatedLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One word over the cluster and the reasons for it, worst first. A pure function of a snapshot. Only what the latest
 * look confirmed counts; what it could not read is a reason of its own, so silence never looks like health.
 *
 * @param level the worst of the reasons' levels, {@link Level#HEALTHY} without any
 */
public record Verdict(Level level, List<Reason> reasons) {
    /** Bookies named in one sentence; a longer list is on the page behind it. */
    private static final int NAMES_MAX = 4;

    /** In ascending order of urgency. */
    public enum Level {
        HEALTHY,
        ATTENTION,
        /** The console cannot tell. */
        UNKNOWN,
        CRITICAL
    }

    /**
     * Why the verdict is not better.
     *
     * @param code stable name for machines
     * @param href page that shows more
     */
    public record Reason(Level level, String code, String sentence, String href) {}

    public Verdict {
        reasons = List.copyOf(reasons);
    }

    public static Verdict of(ClusterSnapshot snapshot) {
        List<Reason> reasons = new ArrayList<>();
        metadata(snapshot, reasons);
        if (snapshot.bookies().current()) {
            bookies(snapshot, reasons);
            disks(snapshot, reasons);
        }
        replication(snapshot, reasons);
        unread(snapshot, reasons);
        reasons.sort(Comparator.comparing(Reason::level).reversed());
        return new Verdict(reasons.isEmpty() ? Level.HEALTHY : reasons.get(0).level(), reasons);
    }

    private static void metadata(ClusterSnapshot snapshot, List<Reason> reasons) {
        snapshot.metadataProblem()
                .ifPresent(problem -> reasons.add(new Reason(
                        snapshot.bookies().known() ? Level.CRITICAL : Level.UNKNOWN,
                        "metadata-unreachable",
                        "The metadata service cannot be asked: " + problem,
                        "/")));
    }

    private static void bookies(ClusterSnapshot snapshot, List<Reason> reasons) {
        if (snapshot.count(BookieRecord.State.WRITABLE) == 0) {
            reasons.add(new Reason(
                    Level.CRITICAL,
                    "no-writable-bookies",
                    snapshot.knownBookies().isEmpty()
                            ? "No bookie has ever joined this cluster."
                            : "No bookie is writable: nothing can be appended.",
                    "/bookies"));
        }
        List<BookieFacts> down = in(snapshot, BookieRecord.State.DOWN);
        if (!down.isEmpty()) {
            reasons.add(new Reason(
                    Level.ATTENTION,
                    "bookies-down",
                    counted(down.size(), "bookie is", "bookies are") + " down: " + names(down) + ".",
                    "/bookies?state=DOWN"));
        }
        List<BookieFacts> readOnly = in(snapshot, BookieRecord.State.READ_ONLY);
        if (!readOnly.isEmpty()) {
            reasons.add(new Reason(
                    Level.ATTENTION,
                    "bookies-read-only",
                    counted(readOnly.size(), "bookie is", "bookies are") + " read-only: " + names(readOnly) + ".",
                    "/bookies?state=READ_ONLY"));
        }
        List<BookieFacts> silent = where(snapshot, facts -> facts.up() && !facts.told());
        if (!silent.isEmpty()) {
            reasons.add(new Reason(
                    Level.ATTENTION,
                    "usage-unknown",
                    "The disks are unknown of " + names(silent) + ": they do not answer.",
                    "/bookies"));
        }
    }

    private static void disks(ClusterSnapshot snapshot, List<Reason> reasons) {
        List<BookieFacts> full = where(snapshot, facts -> fill(facts, DiskFill.Level.FULL));
        if (!full.isEmpty()) {
            reasons.add(new Reason(
                    Level.ATTENTION, "disks-full", "A ledger disk is full on " + names(full) + ".", "/bookies"));
        }
        List<BookieFacts> warn = where(snapshot, facts -> fill(facts, DiskFill.Level.WARN));
        if (!warn.isEmpty()) {
            reasons.add(new Reason(
                    Level.ATTENTION,
                    "disks-nearly-full",
                    "A ledger disk is nearly full on " + names(warn) + ".",
                    "/bookies"));
        }
    }

    private static void replication(ClusterSnapshot snapshot, List<Reason> reasons) {
        int marked = snapshot.underReplicated()
                .value()
                .map(List<UnderReplicatedLedger>::size)
                .orElse(0);
        if (marked > 0 && snapshot.underReplicated().current()) {
            boolean more = marked > ClusterSnapshot.UNDER_REPLICATED_MAX;
            reasons.add(new Reason(
                    Level.ATTENTION,
                    "under-replicated",
                    (more
                            ? "More than " + ClusterSnapshot.UNDER_REPLICATED_MAX + " ledgers lack copies."
                            : counted(marked, "ledger lacks", "ledgers lack") + " copies."),
                    "/replication"));
        }
        if (snapshot.auditor().current()
                && snapshot.auditor().value().orElseThrow().isEmpty()) {
            reasons.add(new Reason(
                    Level.ATTENTION,
                    "auditor-missing",
                    "No auditor is elected: lost copies are neither noticed nor repaired.",
                    "/replication"));
        }
        if (snapshot.autoRecovery().current()
                && !snapshot.autoRecovery().value().orElseThrow()) {
            reasons.add(new Reason(
                    Level.ATTENTION,
                    "auto-recovery-off",
                    "Automatic repair is switched off for the whole cluster.",
                    "/replication"));
        }
    }

    /** Parts that failed although the metadata service did answer for the bookies. */
    private static void unread(ClusterSnapshot snapshot, List<Reason> reasons) {
        if (snapshot.metadataProblem().isPresent()) {
            return;
        }
        snapshot.underReplicated()
                .problem()
                .ifPresent(problem -> reasons.add(new Reason(
                        Level.UNKNOWN,
                        "under-replicated-unknown",
                        "Whether ledgers lack copies could not be read: " + problem,
                        "/replication")));
        snapshot.auditor()
                .problem()
                .or(() -> snapshot.autoRecovery().problem())
                .ifPresent(problem -> reasons.add(new Reason(
                        Level.UNKNOWN,
                        "repair-unknown",
                        "Whether repair is at work could not be read: " + problem,
                        "/replication")));
    }

    private static boolean fill(BookieFacts facts, DiskFill.Level level) {
        return facts.up()
                && facts.fullest().filter(fill -> fill.level() == level).isPresent();
    }

    private static List<BookieFacts> in(ClusterSnapshot snapshot, BookieRecord.State state) {
        return where(snapshot, facts -> facts.state() == state);
    }

    private static List<BookieFacts> where(ClusterSnapshot snapshot, Predicate<BookieFacts> condition) {
        return snapshot.knownBookies().stream().filter(condition).toList();
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static String names(List<BookieFacts> bookies) {
        String names = bookies.stream()
                .limit(NAMES_MAX)
                .map(facts -> facts.id().value())
                .collect(Collectors.joining(", "));
        return bookies.size() > NAMES_MAX ? names + " and " + (bookies.size() - NAMES_MAX) + " more" : names;
    }
}
