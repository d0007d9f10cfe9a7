package dev.daybook.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code daybook bench} in a process of its own, the same for every subject. */
final class LoadGenerator {
    private static final long PATIENCE_SECONDS = 1_800;

    private final Paths paths;
    private final long metadataPid;

    LoadGenerator(Paths paths, long metadataPid) {
        this.paths = paths;
        this.metadataPid = metadataPid;
    }

    /**
     * @param arguments after {@code daybook bench}, blanks between them
     * @return all figures
     */
    Map<String, Double> run(Cluster cluster, String arguments) throws InterruptedException {
        Path json = paths.results().resolve("last.json");
        List<String> command = new ArrayList<>(List.of(paths.launcher().toString(), "bench"));
        command.addAll(List.of(arguments.split(" ", -1)));
        String copies = Integer.toString(cluster.copies());
        String enough = cluster.copies() == 1 ? "1" : "2";
        command.addAll(List.of("--uri", cluster.uri(), "--json", json.toString()));
        command.addAll(List.of("--ensemble", copies, "--write-quorum", copies, "--ack-quorum", enough));
        for (long pid : cluster.pids()) {
            command.addAll(List.of("--pid", Long.toString(pid)));
        }
        command.addAll(List.of("--known-pid", Long.toString(metadataPid)));
        cluster.awaitServing();
        try {
            start(command);
        } catch (IllegalStateException e) {
            System.out.println("A run failed and is repeated: " + e.getMessage());
            cluster.awaitServing();
            start(command);
        }
        try {
            return RunLog.numbers(JsonMapper.shared().readTree(Files.readString(json)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(List<String> command) throws InterruptedException {
        Child.start(command, paths.results().resolve("load-generator.log")).expectSuccess(PATIENCE_SECONDS);
    }
}
