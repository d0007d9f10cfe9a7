package dev.daybook.console;

import dev.daybook.client.meta.BookieRecord.State;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.core.job.Blocker;
import dev.daybook.core.job.Blockers;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobProgress;
import dev.daybook.core.job.JobReport;
import dev.daybook.core.job.JobState;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs the console before a made-up cluster, to look at its pages: user "admin", password in {@link TestConsole}. */
public final class ConsolePreview {
    private static final String[] IDS = {"10.0.0.11:3181", "10.0.0.12:3181", "10.0.0.13:3181", "bk-4.rack-b:3181"};

    private ConsolePreview() {}

    /** @param args port, and "healthy", "trouble" or "silent" */
    public static void main(String[] args) {
        String scene = args.length > 1 ? args[1] : "trouble";
        TestConsole console = new TestConsole(Map.of("server.port", args[0], "daybook.console.poll-interval", "5s"));
        FakeCluster cluster = console.cluster();
        double[] fill = scene.equals("healthy")
                ? new double[] {0.41, 0.43, 0.397, 0.12}
                : new double[] {0.62, 0.915, 0.97, 0.2};
        List<BookieEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < IDS.length; i++) {
            FakeBookieHttp http = new FakeBookieHttp().tells(Samples.usage(IDS[i], fill[i]));
            endpoints.add(http.endpoint());
            cluster.bookie(IDS[i], State.WRITABLE, rpc(IDS[i]), http.endpoint());
        }
        ledgers(cluster);
        console.look();
        if (!scene.equals("healthy")) {
            cluster.bookie(IDS[2], State.READ_ONLY, endpoints.get(2));
            cluster.bookie(IDS[3], State.DOWN);
            cluster.auditor = Optional.empty();
            marks(cluster);
            repair(cluster);
            console.look();
        }
        if (scene.equals("silent")) {
            cluster.mood = FakeCluster.Mood.FAILS;
            console.look();
        }
        System.out.println("ready " + console.url());
    }

    private static BookieEndpoint rpc(String id) {
        return new BookieEndpoint(
                "bookie", id.substring(0, id.indexOf(':')), 3181, BookieEndpoint.BOOKIE_RPC, List.of(), List.of());
    }

    private static void ledgers(FakeCluster cluster) {
        Quorum quorum = new Quorum(3, 3, 2);
        for (long id = 0; id < 130; id++) {
            LedgerMetadata metadata = id % 7 == 3
                    ? Samples.open(
                            quorum,
                            Samples.fragment(0, IDS[0], IDS[1], IDS[2]),
                            Samples.fragment(90_000, IDS[0], IDS[1], IDS[3]))
                    : Samples.closed(
                            new Quorum(3, 2, 2),
                            12_000 + id * 17,
                            (id + 1) * 7_340_033L,
                            Samples.fragment(0, IDS[0], IDS[1], IDS[3]),
                            Samples.fragment(5000, IDS[0], IDS[2], IDS[1]));
            cluster.ledgers.put(
                    new LedgerId(id * 40_961),
                    Samples.withCustom(
                            metadata,
                            Map.of(
                                    "application", "orders-ingest",
                                    "owner", "<script>alert('team')</script> & friends",
                                    "api-key", "never shown",
                                    "binary", "\u0001\u0002\u0003")));
        }
    }

    private static void repair(FakeCluster cluster) {
        cluster.repairs()
                .report(Samples.worker("10.0.0.12:3181"))
                .toCompletableFuture()
                .join();
        cluster.repairs()
                .report(Samples.worker("healer-2.internal"))
                .toCompletableFuture()
                .join();
        cluster.repairs()
                .setLimits(new RepairLimits(50L << 20, 8))
                .toCompletableFuture()
                .join();
        JobStore jobs = cluster.jobs();
        jobs.submit(Evacuation.decommission(new BookieId(IDS[3])), System.currentTimeMillis() - 7_200_000)
                .thenCompose(submitted -> jobs.find(1))
                .thenCompose(found -> jobs.save(
                        blocked(found.orElseThrow().value()), found.get().version()))
                .thenCompose(saved ->
                        jobs.submit(Evacuation.drain(new BookieId(IDS[2])), System.currentTimeMillis() - 60_000))
                .thenCompose(submitted -> jobs.find(2))
                .thenCompose(found -> jobs.save(
                        running(found.orElseThrow().value()), found.get().version()))
                .toCompletableFuture()
                .join();
    }

    private static Job running(Job job) {
        return job.claimed(new Job.Claim("10.0.0.11:3181", 4), System.currentTimeMillis() - 50_000)
                .reporting(new JobReport(new JobProgress(1_284, 410, 120_332, 9L << 30), Blockers.NONE, ""));
    }

    private static Job blocked(Job job) {
        Blockers blockers = new Blockers(
                List.of(
                        new Blocker(new LedgerId(81_922), "Its only copy was on bk-4.rack-b:3181, which is down."),
                        new Blocker(new LedgerId(122_883), "Its writer is idle and the bookie lives.")),
                2);
        JobReport report = new JobReport(
                new JobProgress(900, 898, 320_101, 31L << 30), blockers, "2 ledgers cannot be moved; see why below.");
        return job.claimed(new Job.Claim("10.0.0.11:3181", 3), System.currentTimeMillis() - 7_100_000)
                .ended(JobState.BLOCKED, report, System.currentTimeMillis() - 3_600_000);
    }

    private static void marks(FakeCluster cluster) {
        Instant now = Instant.now();
        int i = 0;
        for (LedgerId id : cluster.ledgers.keySet()) {
            if (i++ % 9 == 0) {
                cluster.marks.add(new UnderReplicatedLedger(
                        id,
                        List.of(new BookieId(IDS[3])),
                        OptionalLong.of(now.minus(Duration.ofMinutes(7L * i)).toEpochMilli()),
                        i % 2 == 0 ? Optional.of("10.0.0.12:3181") : Optional.empty()));
            }
        }
    }
}
