package dev.daybook.bench.compare;

import java.util.List;

/** Adds to few and to very many open ledgers. */
final class LedgersStage implements Stage {
    private static final int FEW = 10;

    @Override
    public void run(Session session) throws InterruptedException {
        Plan plan = session.plan();
        for (Subject subject : plan.subjects()) {
            if (subject != Subject.DAYBOOK && !plan.referenceManyLedgers()) {
                continue;
            }
            Cluster cluster = Cluster.start(session, subject, "ledgers", 1);
            try {
                session.warmWrites(cluster);
                for (int number = 1; number <= plan.soloRepeats(); number++) {
                    measure(session, cluster, Rows.LEDGERS_FEW, 2 * number - 1, FEW);
                    measure(session, cluster, Rows.LEDGERS_MANY, number, plan.manyLedgers());
                    measure(session, cluster, Rows.LEDGERS_FEW, 2 * number, FEW);
                }
            } finally {
                Stage.close(List.of(cluster));
            }
        }
    }

    private static void measure(Session session, Cluster cluster, String row, int number, int ledgers)
            throws InterruptedException {
        session.measure(
                row,
                cluster,
                number,
                "write --outstanding 1000 --touch --leave-open --ledgers " + ledgers + " --ledgers-file "
                        + session.paths().results().resolve("open.ledgers") + session.timed());
    }
}
