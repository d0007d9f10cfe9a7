package dev.daybook.bench.compare;

import java.util.List;

/** Three bookies of each subject, three copies, two acknowledgements. */
final class ThreeStage implements Stage {
    @Override
    public void run(Session session) throws InterruptedException {
        List<Cluster> clusters = Stage.startWarm(session, "three", 3);
        try {
            session.alternate(Rows.WRITE_THREE, clusters, "write --outstanding 1000" + session.counted(1024));
        } finally {
            Stage.close(clusters);
        }
    }
}
