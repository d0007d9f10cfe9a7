package dev.daybook.bench.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One bookie of each subject, all running side by side, driven in turn: writes and random reads. */
final class SteadyStage implements Stage {
    private static final int PROBE_SECONDS = 2;

    @Override
    public void run(Session session) throws InterruptedException {
        List<Cluster> clusters = Stage.startWarm(session, "one", 1);
        try {
            probe(session, 1);
            for (Cluster cluster : clusters) {
                session.warm(
                        cluster,
                        "write --v2 --warmup 0 --entries 400000 --ledgers 20 --keep --ledgers-file "
                                + ledgers(session, cluster));
            }
            session.alternate(Rows.WRITE, clusters, "write --outstanding 1000" + session.counted(1024));
            session.alternate(Rows.WRITE_ONE, clusters, "write --outstanding 1" + session.timed());
            session.alternate(Rows.WRITE_LARGE, clusters, "write --outstanding 100" + session.counted(16_384));
            if (session.plan().extras()) {
                extras(session, clusters);
            }
            randomReads(session, clusters);
            probe(session, 2);
        } finally {
            Stage.close(clusters);
        }
    }

    private static void extras(Session session, List<Cluster> clusters) throws InterruptedException {
        String v3 = session.counted(1024).replace(" --v2", "");
        session.alternate(Rows.WRITE_V3, clusters, "write --outstanding 1000" + v3);
        session.alternate(Rows.WRITE_HUNDRED, clusters, "write --outstanding 100" + session.timed());
        session.alternate(Rows.WRITE_SMALL, clusters, "write --outstanding 1000" + session.counted(128));
        session.alternate(Rows.WRITE_PACED, clusters, "write --rate 1000" + session.timed());
    }

    /**
     * Everything is read once before, so that the data of all subjects lie in the operating system's cache as far as
     * they use it: the row is about processor time.
     */
    private static void randomReads(Session session, List<Cluster> clusters) throws InterruptedException {
        for (Cluster cluster : clusters) {
            session.warm(
                    cluster,
                    "read --v2 --order once --batch 100 --outstanding 4 --ledgers-file " + ledgers(session, cluster));
        }
        for (int number = 1; number <= session.plan().repeats(); number++) {
            for (Cluster cluster : Session.turn(clusters, number)) {
                session.measure(
                        Rows.READ_RANDOM,
                        cluster,
                        number,
                        "read --order random --batch 1 --outstanding 64 --seed " + number + " --ledgers-file "
                                + ledgers(session, cluster) + session.timed());
            }
        }
    }

    private static Path ledgers(Session session, Cluster cluster) {
        return session.paths().results().resolve(cluster.subject().id() + ".ledgers");
    }

    private static void probe(Session session, int number) throws InterruptedException {
        Machine.settle(5);
        double micros = DiskProbe.recycledSyncMicros(session.paths().data(), PROBE_SECONDS);
        session.say("disk: 4 KiB into written space, direct, synced: " + Math.round(micros) + " us");
        session.record(new Run(Rows.PROBE, "disk", number, 0, Map.of("p50Micros", micros)));
    }
}
