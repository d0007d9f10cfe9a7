package dev.daybook.console.cluster;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at repair again and again on a thread of its own, beside {@link ClusterWatch}, because a look at many marks takes
 * long; at most a tenth of the time goes into it. Pages read the snapshot.
 */
public final class RepairWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RepairWatch.class);
    private static final int PAUSE_FACTOR = 9;

    private final Asking asking;
    private final ClusterWatch cluster;
    private final MarkSurvey survey;
    private final InstantSource clock;
    private final Duration pollInterval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread poller = new Thread(task, "daybook-console-repair");
        poller.setDaemon(true);
        return poller;
    });

    private volatile RepairSnapshot snapshot = RepairSnapshot.NOTHING_YET;

    public RepairWatch(
            Asking asking, LedgerReader reader, ClusterWatch cluster, InstantSource clock, Duration pollInterval) {
        this.asking = asking;
        this.cluster = cluster;
        this.survey = new MarkSurvey(asking, reader);
        this.clock = clock;
        this.pollInterval = pollInterval;
    }

    public void start() {
        later(Duration.ZERO);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The task reports its own failures.
    private void later(Duration pause) {
        thread.schedule(this::lookAndGoOn, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookAndGoOn() {
        Instant begin = clock.instant();
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("A look at repair failed", e);
        }
        Duration paused = Duration.between(begin, clock.instant()).multipliedBy(PAUSE_FACTOR);
        if (!thread.isShutdown()) {
            later(paused.compareTo(pollInterval) > 0 ? paused : pollInterval);
        }
    }

    /** One look; takes as long as the metadata service needs. */
    public synchronized void look() {
        RepairSnapshot before = snapshot;
        ClusterSnapshot bookies = cluster.current();
        CompletableFuture<Fact<List<WorkerReport>>> workers =
                asking.ask(admin -> admin.repairs().workers());
        CompletableFuture<Fact<RepairLimits>> limits =
                asking.ask(admin -> admin.repairs().limits());
        CompletableFuture<Fact<OptionalLong>> delay =
                asking.ask(admin -> admin.repairs().lostBookieDelaySeconds());
        CompletableFuture<Fact<Map<Search, Instant>>> completed = asking.ask(admin -> completed(admin.repairs()));
        CompletableFuture<Fact<Optional<AuditorReport>>> auditor = asking.ask(LedgerAdmin::auditorReport);
        Fact<MarkedLedgers> marked = survey.take(bookies);
        RepairTrend trend = marked.value()
                .map(now -> before.trend().with(new RepairTrend.Sample(clock.instant(), now.count())))
                .orElse(before.trend());
        snapshot = new RepairSnapshot(
                before.marked().then(marked),
                before.workers().then(workers.join()),
                before.limits().then(limits.join()),
                before.delaySeconds().then(delay.join()),
                before.completed().then(completed.join()),
                before.auditor().then(auditor.join()),
                trend);
    }

    private static CompletableFuture<Map<Search, Instant>> completed(RepairStore repairs) {
        CompletableFuture<Map<Search, Instant>> all = CompletableFuture.completedFuture(new EnumMap<>(Search.class));
        for (Search search : Search.values()) {
            all = all.thenCombine(repairs.completed(search), (before, millis) -> {
                millis.ifPresent(known -> before.put(search, Instant.ofEpochMilli(known)));
                return before;
            });
        }
        return all;
    }

    /** The latest snapshot, without any wait. */
    public RepairSnapshot latest() {
        return snapshot;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
