package dev.daybook.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Our client and the official one in turn, against the same three bookies, which are ours. The official one has no
 * tunings here; its figures stand in the column of the throughput tuning.
 */
final class ClientStage implements Stage {
    private static final long PATIENCE_SECONDS = 600;
    private static final int HANDLES = 10_000;
    private static final int HANDLE_ROUNDS = 3;

    /** Of both clients, as in the measurements that the goals go back to. */
    private static final List<String> JVM = List.of(
            "-Xms1g",
            "-Xmx1g",
            "-XX:MaxDirectMemorySize=1g",
            "-XX:+UseParallelGC",
            "-Dio.netty.leakDetectionLevel=disabled");

    private static final List<String> SMALL_JVM = List.of(
            "-Xmx192m", "-XX:MaxDirectMemorySize=64m", "-XX:+UseSerialGC", "-Dio.netty.leakDetectionLevel=disabled");

    @Override
    public void run(Session session) throws InterruptedException {
        try (Cluster cluster = Cluster.start(session, Subject.DAYBOOK, "client", 3)) {
            session.warmWrites(cluster);
            for (String generation : List.of("v2", "v3")) {
                for (int number = 1; number <= session.plan().repeats(); number++) {
                    for (Subject subject : number % 2 == 1
                            ? List.of(Subject.DAYBOOK, Subject.THROUGHPUT)
                            : List.of(Subject.THROUGHPUT, Subject.DAYBOOK)) {
                        load(session, cluster, subject, generation, number);
                    }
                }
            }
            handles(session, cluster);
        }
    }

    private static void load(Session session, Cluster cluster, Subject subject, String generation, int number)
            throws InterruptedException {
        long entries = session.plan().measuredEntries();
        Path result = session.paths().results().resolve("client.figures");
        List<String> command = new ArrayList<>(List.of(session.paths().java().toString()));
        command.addAll(JVM);
        command.addAll(subject == Subject.DAYBOOK ? ours("ClientLoad") : reference(session));
        command.addAll(List.of(cluster.uri(), generation, "1000", "1024"));
        command.addAll(List.of(Long.toString(entries), Long.toString(entries), result.toString()));
        String row = generation.equals("v2") ? Rows.CLIENT_V2 : Rows.CLIENT_V3;
        record(session, row, subject, number, command, result);
    }

    private static void handles(Session session, Cluster cluster) throws InterruptedException {
        Path result = session.paths().results().resolve("handles.figures");
        List<String> command = new ArrayList<>(List.of(session.paths().java().toString()));
        command.addAll(SMALL_JVM);
        command.addAll(ours("OpenHandles"));
        command.addAll(
                List.of(cluster.uri(), Integer.toString(HANDLES), Integer.toString(HANDLE_ROUNDS), result.toString()));
        record(session, Rows.HANDLES, Subject.DAYBOOK, 1, command, result);
    }

    private static List<String> ours(String program) {
        return List.of("-cp", System.getProperty("java.class.path"), "dev.daybook.bench.client." + program);
    }

    private static List<String> reference(Session session) {
        Path peer = session.paths().peerFolder();
        try {
            String classPath = peer.resolve("classes") + ":"
                    + Files.readString(peer.resolve("peer.classpath")).strip();
            return List.of(
                    "-Dlog4j2.configurationFile=peer-log4j2.xml",
                    "-cp",
                    classPath,
                    "dev.daybook.interop.peer.PeerLoad");
        } catch (IOException e) {
            throw new UncheckedIOException("The reference cannot be prepared; build bookie-app/interop-peer first", e);
        }
    }

    private static void record(
            Session session, String row, Subject subject, int number, List<String> command, Path result)
            throws InterruptedException {
        Machine.settle(2);
        Child.start(command, session.paths().results().resolve(row + ".log")).expectSuccess(PATIENCE_SECONDS);
        Map<String, Double> values = new HashMap<>();
        try {
            for (String line : Files.readAllLines(result)) {
                String[] words = line.split(" ", -1);
                values.put(words[0], Double.valueOf(words[1]));
            }
            Files.delete(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        session.record(new Run(row, subject.id(), number, 0, values));
        session.say("    " + values);
    }
}
