package dev.daybook.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The program behind {@code bookie-app/bench/compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Measure Daybook against Apache BookKeeper on this machine, in turn on one disk, and judge the goals.",
            "",
            "Stages: steady (writes and random reads of one bookie), three (three bookies), life (memory, bytes"
                    + " written, catch-up reads from disk, start after a kill), ledgers (100,000 open ledgers),"
                    + " client (processor time and memory of the clients),"
                    + " heal (copies made again after the loss of a bookie).",
            "Needs Linux; dropping caches for the catch-up reads needs root."
        })
public final class Compare implements Callable<Integer> {
    private static final int FULL_REPEATS = 5;
    private static final int SHORT_REPEATS = 3;

    @Option(names = "--short", description = "Fewer and shorter runs, 2 GB instead of 10 GB to fill a bookie.")
    private boolean brief;

    @Option(names = "--repeats", paramLabel = "N", description = "Runs of a cell. Default: 5, with --short 3.")
    private int repeats;

    @Option(
            names = "--stages",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "steady,three,life,ledgers,client,heal",
            description = "Default: ${DEFAULT-VALUE}.")
    private List<String> stages = new ArrayList<>();

    @Option(
            names = "--subjects",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "daybook,bookkeeper-throughput,bookkeeper-latency",
            description = "Default: ${DEFAULT-VALUE}.")
    private List<String> subjects = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Results. Default: a new folder below bench/target.")
    private @Nullable Path out;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data of bookies, on the disk that is to be measured; made and removed."
                    + " Default: bookie-app/bench/target/data.")
    private @Nullable Path data;

    @Option(
            names = "--table",
            split = ",",
            paramLabel = "FILE",
            description = "Measure nothing; make the table from these runs.jsonl. A row in a later file replaces it.")
    private List<Path> tables = new ArrayList<>();

    private Compare() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Compare()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!tables.isEmpty()) {
            System.out.println(new Table(merged(tables)).markdown());
            return 0;
        }
        Path root = Paths.root("daybook.root");
        String now = LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
        Path target = root.resolve("bookie-app/bench/target");
        Paths paths = new Paths(
                root,
                absolute(out, target.resolve("compare-" + now)),
                absolute(data, target.resolve("data")).resolve("compare-" + now));
        List<Subject> wanted = subjects.stream().map(Subject::of).toList();
        Plan plan = brief
                ? Plan.brief(repeats > 0 ? repeats : SHORT_REPEATS, wanted)
                : Plan.full(repeats > 0 ? repeats : FULL_REPEATS, wanted);
        return measure(paths, plan);
    }

    private int measure(Paths paths, Plan plan) throws InterruptedException {
        long begin = System.nanoTime();
        Path runs = paths.results().resolve("runs.jsonl");
        try {
            Files.createDirectories(paths.results());
            Files.createDirectories(paths.data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(Machine.description());
        System.out.println(plan);
        boolean complete = true;
        try (MetadataService metadata = MetadataService.start(paths)) {
            Session session =
                    new Session(plan, paths, metadata, new LoadGenerator(paths, metadata.pid()), new RunLog(runs));
            for (String name : stages) {
                System.out.println("stage " + name + ", after " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
                complete &= run(name, session);
            }
        } finally {
            Machine.delete(paths.data());
        }
        write(paths.results(), plan, new Table(new Figures(RunLog.read(runs))));
        System.out.println(
                "took " + (System.nanoTime() - begin) / 60_000_000_000L + " minutes; results: " + paths.results());
        return complete ? 0 : 1;
    }

    /** What one stage cannot measure does not keep the others from it. */
    private static boolean run(String name, Session session) throws InterruptedException {
        Stage stage = Stage.all().get(name);
        if (stage == null) {
            throw new IllegalArgumentException("There is no stage \"" + name + "\"; there are "
                    + Stage.all().keySet() + ".");
        }
        try {
            stage.run(session);
            return true;
        } catch (IllegalStateException e) {
            System.out.println("The stage " + name + " ended early: " + e.getMessage());
            return false;
        }
    }

    private static void write(Path folder, Plan plan, Table table) {
        try {
            Files.writeString(folder.resolve("table.md"), table.markdown());
            Files.writeString(
                    folder.resolve("table.json"),
                    JsonMapper.shared()
                            .writeValueAsString(Map.of(
                                    "machine", Machine.description(),
                                    "plan", plan.toString(),
                                    "table", table.json())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(table.markdown());
    }

    private static Figures merged(List<Path> files) {
        List<Run> runs = new ArrayList<>();
        for (Path file : files) {
            List<Run> more = RunLog.read(file);
            runs.removeIf(run -> more.stream()
                    .anyMatch(other ->
                            other.row().equals(run.row()) && other.subject().equals(run.subject())));
            runs.addAll(more);
        }
        return new Figures(runs);
    }

    private static Path absolute(@Nullable Path given, Path otherwise) {
        return given == null ? otherwise : given.toAbsolutePath().normalize();
    }
}
