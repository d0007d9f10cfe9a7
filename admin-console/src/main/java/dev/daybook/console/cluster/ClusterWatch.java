package dev.daybook.console.cluster;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerAdmin.DiskUsage;
import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.console.usage.UsageAnswer;
import dev.daybook.console.usage.UsageReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the cluster again and again on one thread and keeps the latest {@link ClusterSnapshot}. Pages read the
 * snapshot and never wait for a bookie. The next snapshot is built beside the current one, so a failed look takes
 * nothing away.
 */
public final class ClusterWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);

    private final Asking asking;
    private final UsageReader usages;
    private final InstantSource clock;
    private final Duration pollInterval;
    private final Duration firstLookTimeout;
    private final CompletableFuture<Boolean> firstLook = new CompletableFuture<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread poller = new Thread(task, "daybook-console-watch");
        poller.setDaemon(true);
        return poller;
    });

    private volatile ClusterSnapshot snapshot;

    /** @param firstLookTimeout how long {@link #current} waits for the first look */
    public ClusterWatch(
            Asking asking, UsageReader usages, InstantSource clock, Duration pollInterval, Duration firstLookTimeout) {
        this.asking = asking;
        this.usages = usages;
        this.clock = clock;
        this.pollInterval = pollInterval;
        this.firstLookTimeout = firstLookTimeout;
        this.snapshot = ClusterSnapshot.nothingYet(clock.instant());
    }

    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::lookSafely, 0, pollInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The latest snapshot; waits only while there has never been one, and not for long. */
    public ClusterSnapshot current() {
        var unused = firstLook
                .copy()
                .completeOnTimeout(false, firstLookTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return snapshot;
    }

    /** The latest snapshot without any wait. */
    public ClusterSnapshot latest() {
        return snapshot;
    }

    /** Whether looks have stopped bringing news: three were due since the last. */
    public boolean overdue(Instant now) {
        return Duration.between(snapshot.takenAt(), now)
                        .compareTo(pollInterval.multipliedBy(3).plus(firstLookTimeout))
                > 0;
    }

    /** An exception would end the schedule. */
    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("A look at the cluster failed", e);
        }
    }

    /** One look, bounded by the time limits of its questions. */
    public synchronized void look() {
        ClusterSnapshot before = snapshot;
        CompletableFuture<Fact<List<BookieRecord>>> bookies = asking.ask(LedgerAdmin::bookies);
        CompletableFuture<Fact<List<UnderReplicatedLedger>>> marks =
                asking.ask(admin -> admin.underReplicated(ClusterSnapshot.UNDER_REPLICATED_MAX + 1));
        CompletableFuture<Fact<Optional<String>>> auditor = asking.ask(LedgerAdmin::auditor);
        CompletableFuture<Fact<Boolean>> autoRecovery = asking.ask(LedgerAdmin::autoRecoveryEnabled);
        CompletableFuture<Fact<Optional<String>>> instanceId = asking.ask(LedgerAdmin::instanceId);
        Fact<List<BookieFacts>> facts = facts(before, bookies.join());
        snapshot = new ClusterSnapshot(
                clock.instant(),
                facts,
                before.underReplicated().then(marks.join()),
                before.auditor().then(auditor.join()),
                before.autoRecovery().then(autoRecovery.join()),
                before.instanceId().then(instanceId.join()));
        firstLook.complete(true);
    }

    private Fact<List<BookieFacts>> facts(ClusterSnapshot before, Fact<List<BookieRecord>> records) {
        if (records.value().isEmpty() || records.at().isEmpty()) {
            return before.bookies().failed(records.problem().orElse("The reason is unknown."));
        }
        Instant at = records.at().get();
        List<CompletableFuture<BookieFacts>> asked = records.value().get().stream()
                .sorted(Comparator.comparing(BookieRecord::id))
                .map(record -> facts(before.bookie(record.id()), record, at))
                .toList();
        return Fact.of(asked.stream().map(CompletableFuture::join).toList(), at);
    }

    private CompletableFuture<BookieFacts> facts(Optional<BookieFacts> before, BookieRecord record, Instant at) {
        Fact<BookieUsage> oldUsage = before.map(BookieFacts::usage).orElse(Fact.unknown("It was never asked."));
        Fact<DiskUsage> oldDisk = before.map(BookieFacts::disk).orElse(Fact.unknown("It was never asked."));
        if (record.state() == BookieRecord.State.DOWN) {
            return CompletableFuture.completedFuture(new BookieFacts(
                    record,
                    before.map(BookieFacts::service).orElse(record.service()),
                    before.flatMap(BookieFacts::lastUp),
                    oldUsage.failed("The bookie is down."),
                    oldDisk.failed("The bookie is down.")));
        }
        BookieFacts known = new BookieFacts(record, record.service(), Optional.of(at), oldUsage, oldDisk);
        return known.http()
                .map(http -> usages.read(record.id(), http).thenApply(answer -> withUsage(known, answer)))
                .orElseGet(() -> asking.ask(admin -> admin.diskUsage(record.id()))
                        .thenApply(disk -> new BookieFacts(
                                record,
                                record.service(),
                                Optional.of(at),
                                Fact.unknown("The bookie publishes no HTTP endpoint."),
                                oldDisk.then(disk))));
    }

    private BookieFacts withUsage(BookieFacts known, UsageAnswer answer) {
        Fact<BookieUsage> usage = answer instanceof UsageAnswer.Told told
                ? Fact.of(told.usage(), clock.instant())
                : known.usage().failed(((UsageAnswer.Failed) answer).sentence());
        return new BookieFacts(known.record(), known.service(), known.lastUp(), usage, known.disk());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
