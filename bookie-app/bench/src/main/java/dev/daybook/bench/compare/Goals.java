package dev.daybook.bench.compare;

import dev.daybook.bench.compare.Goal.AtLeast;
import dev.daybook.bench.compare.Goal.AtLeastTimes;
import dev.daybook.bench.compare.Goal.AtMost;
import dev.daybook.bench.compare.Goal.AtMostTimes;
import java.util.List;
import java.util.Optional;

/** What storage engine, client and repair are to reach against the reference. The limits are given, not chosen after measuring. */
final class Goals {
    static final List<Subject> REFERENCES = List.of(Subject.THROUGHPUT, Subject.LATENCY);

    private static final String CPU = "serverCpuMicrosPerEntry";
    private static final String CLIENT_CPU = "clientCpuMicrosPerEntry";

    static final List<Goal> ALL = List.of(
            new Goal(
                    "bookie CPU per 1 KiB entry, 1,000 outstanding",
                    "µs",
                    "%.2f",
                    Goal.value(Rows.WRITE, CPU),
                    List.of(new AtMostTimes(0.5, REFERENCES))),
            new Goal(
                    "the same at E3/W3/A2, all three bookies",
                    "µs",
                    "%.2f",
                    Goal.value(Rows.WRITE_THREE, CPU),
                    List.of(new AtMostTimes(0.4, REFERENCES))),
            new Goal(
                    "one outstanding add, p50",
                    "µs",
                    "%,.0f",
                    Goal.value(Rows.WRITE_ONE, "p50Micros"),
                    List.of(new AtMostTimes(0.5, List.of(Subject.LATENCY)), new AtMost(250, " µs"))),
            new Goal("p99 / p50 at 1,000 outstanding", "", "%.1f", Goals::tail, List.of(new AtMost(3, ""))),
            new Goal(
                    "16 KiB adds, 100 outstanding",
                    "MB/s",
                    "%,.0f",
                    Goal.value(Rows.WRITE_LARGE, "megabytesPerSecond"),
                    List.of(new AtLeastTimes(2))),
            new Goal(
                    "random read, CPU per entry",
                    "µs",
                    "%,.1f",
                    Goal.value(Rows.READ_RANDOM, CPU),
                    List.of(
                            new AtMostTimes(0.1, List.of(Subject.THROUGHPUT)),
                            new AtMostTimes(0.5, List.of(Subject.LATENCY)))),
            new Goal(
                    "catch-up read of one ledger among 1,000 interleaved, from disk",
                    "entries/s",
                    "%,.0f",
                    Goal.value(Rows.CATCH_UP, "entriesPerSecond"),
                    List.of(new AtLeastTimes(2))),
            new Goal(
                    "bytes written to disk per 1 KiB entry",
                    "B",
                    "%,.0f",
                    Goal.value(Rows.FILL, "wholeLifeWrittenBytesPerEntry"),
                    List.of(new AtMostTimes(0.8, REFERENCES))),
            new Goal(
                    "the same as the disks counted it, other writers included",
                    "B",
                    "%,.0f",
                    Goal.value(Rows.FILL, "wholeLifeDiskBytesPerEntry"),
                    List.of()),
            new Goal(
                    "resident memory after 10 GB (short form: 2 GB)",
                    "MB",
                    "%,.0f",
                    (figures, subject) -> figures.of(
                            Rows.FILL,
                            subject.id(),
                            run -> run.values().getOrDefault("serverResidentBytes", Double.NaN) / 1e6),
                    List.of(new AtMostTimes(0.5, REFERENCES))),
            new Goal(
                    "start after kill -9, 1 GB written before",
                    "s",
                    "%.2f",
                    Goal.value(Rows.RESTART, "startSeconds"),
                    List.of(new AtMostTimes(0.5, REFERENCES))),
            new Goal(
                    "index rebuild of 10 million entries",
                    "s",
                    "%.1f",
                    Goal.value(Rows.REBUILD, "secondsPerTenMillion"),
                    List.of()),
            new Goal(
                    "add throughput, 100,000 open ledgers against 10",
                    "",
                    "%.2f",
                    Goals::ledgers,
                    List.of(new AtLeast(0.8))),
            new Goal(
                    "client CPU per 1 KiB entry, E3/W3/A2, 1,000 outstanding, our bookies, protocol v2",
                    "µs",
                    "%.2f",
                    Goal.value(Rows.CLIENT_V2, CLIENT_CPU),
                    List.of(new AtMostTimes(0.5, REFERENCES))),
            new Goal(
                    "the same, protocol v3",
                    "µs",
                    "%.2f",
                    Goal.value(Rows.CLIENT_V3, CLIENT_CPU),
                    List.of(new AtMostTimes(0.5, REFERENCES))),
            new Goal(
                    "bytes that the client allocates per append, protocol v3",
                    "B",
                    "%,.0f",
                    Goal.value(Rows.CLIENT_V3, "clientAllocatedBytesPerEntry"),
                    List.of(new AtMost(1024, " B"))),
            new Goal(
                    "resident memory of a client with 10,000 open ledgers",
                    "MB",
                    "%,.0f",
                    Goal.value(Rows.HANDLES, "residentMegabytes"),
                    List.of(new AtMost(256, " MB"))),
            new Goal(
                    "copies made again after the loss of a bookie, ledgers of 1 MB at E3/W3/A2",
                    "s",
                    "%.1f",
                    Goal.value(Rows.HEAL, "healSeconds"),
                    List.of(new AtMostTimes(1, List.of(Subject.THROUGHPUT)))),
            new Goal(
                    "p99 of a writer at 1,000/s meanwhile, against before",
                    "",
                    "%.1f",
                    Goals::disturbance,
                    List.of(new AtMost(2, ""))));

    private Goals() {}

    private static Optional<Figure> tail(Figures figures, Subject subject) {
        return figures.of(
                Rows.WRITE,
                subject.id(),
                run -> run.values().getOrDefault("p99Micros", Double.NaN)
                        / run.values().getOrDefault("p50Micros", Double.NaN));
    }

    private static Optional<Figure> ledgers(Figures figures, Subject subject) {
        Optional<Figure> few = figures.of(Rows.LEDGERS_FEW, subject.id(), "entriesPerSecond");
        return figures.of(Rows.LEDGERS_MANY, subject.id(), "entriesPerSecond")
                .flatMap(many -> few.map(many::dividedBy));
    }

    private static Optional<Figure> disturbance(Figures figures, Subject subject) {
        Optional<Figure> before = figures.of(Rows.FOREGROUND_BEFORE, subject.id(), "p99Micros");
        return figures.of(Rows.FOREGROUND_DURING, subject.id(), "p99Micros")
                .flatMap(during -> before.map(during::dividedBy));
    }
}
