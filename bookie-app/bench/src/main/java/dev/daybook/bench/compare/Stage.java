package dev.daybook.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of the comparison that can be run alone. It leaves no process and no data behind. */
interface Stage {
    void run(Session session) throws InterruptedException;

    /** All there are, by the name on the command line, in the order in which they run. */
    static Map<String, Stage> all() {
        Map<String, Stage> all = new LinkedHashMap<>();
        all.put("steady", new SteadyStage());
        all.put("three", new ThreeStage());
        all.put("life", new LifeStage());
        all.put("ledgers", new LedgersStage());
        all.put("client", new ClientStage());
        all.put("heal", new HealStage());
        return all;
    }

    /** Bookies of every subject, started and warm. */
    static List<Cluster> startWarm(Session session, String name, int size) throws InterruptedException {
        List<Cluster> clusters = new ArrayList<>();
        try {
            for (Subject subject : session.plan().subjects()) {
                clusters.add(Cluster.start(session, subject, name, size));
            }
            for (Cluster cluster : clusters) {
                session.warmWrites(cluster);
            }
            return clusters;
        } catch (RuntimeException | InterruptedException e) {
            close(clusters);
            throw e;
        }
    }

    static void close(List<Cluster> clusters) {
        clusters.forEach(Cluster::close);
    }
}
