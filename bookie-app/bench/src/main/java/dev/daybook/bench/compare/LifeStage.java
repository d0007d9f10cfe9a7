package dev.daybook.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A fresh bookie is filled through many interleaved ledgers, then its memory is read; it stops, and what the disks
 * wrote is counted; it starts again and one ledger after the other is read with cold caches; at last it is filled
 * again and killed, and the time until it serves is taken. Ours also makes its index anew from its entry logs.
 */
final class LifeStage implements Stage {
    private static final long SEED = 42;
    private static final double TEN_MILLION = 1e7;
    private static final String FILL = "write --v2 --warmup 0 --outstanding 1000 --keep";

    @Override
    public void run(Session session) throws InterruptedException {
        for (int number = 1; number <= session.plan().soloRepeats(); number++) {
            List<Cluster> clusters = new ArrayList<>();
            try {
                for (Subject subject : session.plan().subjects()) {
                    clusters.add(fill(session, subject, number));
                }
                catchUp(session, Session.turn(clusters, number), number);
                for (Cluster cluster : Session.turn(clusters, number)) {
                    restart(session, cluster, number);
                }
                for (Cluster cluster : clusters) {
                    if (cluster.subject() == Subject.DAYBOOK) {
                        rebuild(session, cluster, number);
                    }
                }
            } finally {
                Stage.close(clusters);
            }
        }
    }

    /** Only one bookie runs meanwhile, so that the disks' counters are its own. */
    private static Cluster fill(Session session, Subject subject, int number) throws InterruptedException {
        Machine.settle(10);
        long before = Machine.diskWrittenBytes();
        Cluster cluster = Cluster.start(session, subject, "life" + number, 1);
        Plan plan = session.plan();
        Run run = session.run(
                Rows.FILL,
                cluster,
                number,
                FILL + " --entries " + plan.fillEntries() + " --ledgers " + plan.fillLedgers() + " --ledgers-file "
                        + ledgers(session, cluster));
        long handed = cluster.stop();
        Machine.sync();
        double entries = plan.fillEntries();
        session.record(run.with("wholeLifeDiskBytesPerEntry", (Machine.diskWrittenBytes() - before) / entries)
                .with("wholeLifeWrittenBytesPerEntry", handed / entries));
        return cluster;
    }

    /** The first round warms the compilers and is not recorded; no ledger is read twice. */
    private static void catchUp(Session session, List<Cluster> clusters, int number) throws InterruptedException {
        for (Cluster cluster : clusters) {
            cluster.start();
        }
        for (int round = 0; round <= session.plan().repeats(); round++) {
            for (Cluster cluster : Session.turn(clusters, round + 1)) {
                Path some = someLedgers(session, cluster, round);
                boolean cold = Machine.dropCaches();
                Run run = session.run(
                        Rows.CATCH_UP,
                        cluster,
                        (number - 1) * session.plan().repeats() + round,
                        "read --v2 --order once --batch 100 --outstanding 2 --ledgers-file " + some);
                if (round > 0) {
                    session.record(run.with("cachesDropped", cold ? 1 : 0));
                }
            }
        }
    }

    /** Ledgers that no other round reads, spread over the id range, the same places for every subject. */
    private static Path someLedgers(Session session, Cluster cluster, int round) {
        int wanted = session.plan().catchUpLedgers();
        Path file = session.paths().results().resolve("round.ledgers");
        try {
            List<String> all = new ArrayList<>(Files.readAllLines(ledgers(session, cluster)));
            Collections.shuffle(all, new Random(SEED));
            int from = Math.min(round * wanted, all.size() - wanted);
            Files.write(file, all.subList(from, from + wanted));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void restart(Session session, Cluster cluster, int number) throws InterruptedException {
        session.warm(cluster, FILL + " --entries " + session.plan().replayEntries() + " --ledgers 10");
        cluster.kill();
        double journal = Machine.fileBytes(cluster.folder(), "/journal/");
        Machine.settle(5);
        double busy = Machine.busySeconds();
        double seconds = cluster.start();
        double cpu = Machine.cpuSeconds(cluster.pids().get(0));
        double others = (Machine.busySeconds() - busy - cpu) / seconds;
        session.record(new Run(
                Rows.RESTART,
                cluster.subject().id(),
                number,
                Math.max(0, others),
                Map.of("startSeconds", seconds, "startCpuSeconds", cpu, "journalFileBytes", journal)));
        session.warm(cluster, "write --v2 --warmup 0 --entries 1000");
    }

    /** Only ours: the reference has no such command that ends with a bookie that serves. */
    private static void rebuild(Session session, Cluster cluster, int number) throws InterruptedException {
        cluster.stop();
        Machine.dropCaches();
        Machine.settle(5);
        double busy = Machine.busySeconds();
        long begin = System.nanoTime();
        Child command = Child.start(
                List.of(
                        session.paths().launcher().toString(),
                        "storage",
                        "rebuild-index",
                        "--data-dir",
                        cluster.bookieFolder(0).toString()),
                session.paths().results().resolve("rebuild.log"));
        double cpu = command.expectSuccessWatched();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double entries = session.plan().fillEntries() + session.plan().replayEntries();
        session.record(new Run(
                Rows.REBUILD,
                cluster.subject().id(),
                number,
                Math.max(0, (Machine.busySeconds() - busy - cpu) / seconds),
                Map.of(
                        "rebuildSeconds", seconds,
                        "rebuildCpuSeconds", cpu,
                        "rebuildEntries", entries,
                        "secondsPerTenMillion", seconds * TEN_MILLION / entries)));
    }

    private static Path ledgers(Session session, Cluster cluster) {
        return session.paths().results().resolve(cluster.subject().id() + ".many.ledgers");
    }
}
