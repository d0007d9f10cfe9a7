package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.core.effect.Dice;
import dev.daybook.core.work.WorkShare;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.WorkerReport;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the cluster what a worker does, and keeps the worker to its share of what all workers together may do. Until the
 * limits and the other workers are known, and where there are limits until the others have had the time to make room,
 * the worker begins nothing. Belongs to the loop.
 */
final class WorkerPresence {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPresence.class);
    private static final long INTERVAL_MILLIS = 5_000;
    private static final long RETRY_MILLIS = 1_000;

    /** By then the others have looked at least once since this worker announced itself. */
    private static final long ROOM_MADE_MILLIS = INTERVAL_MILLIS + INTERVAL_MILLIS / 2;

    private final SerialLoop loop;
    private final RepairStore marks;
    private final ReplicationWorker worker;
    private final String id;
    private final WorkerReports reports;
    private int ownLedgersAtOnce;
    private long ownBytesPerSecond;

    private Optional<RepairLimits> limits = Optional.empty();
    private Optional<WorkShare> share = Optional.empty();
    private boolean announced;
    private long announcedMillis;
    private Subscription limitsWatch = () -> {};
    private Subscription next = () -> {};

    WorkerPresence(SerialLoop loop, RepairStore marks, ReplicationWorker worker, AutoRecoveryConfig config, Dice dice) {
        this.loop = loop;
        this.marks = marks;
        this.worker = worker;
        this.id = new UUID(dice.nextLong(), dice.nextLong()).toString();
        this.reports = new WorkerReports(id, config.name(), loop.epochMillis());
        this.ownLedgersAtOnce = config.copying().ledgersAtOnce();
        this.ownBytesPerSecond = config.copying().bytesPerSecond();
    }

    /** To be called before the worker starts. */
    void start() {
        worker.limit(0, ownBytesPerSecond);
        limitsWatch = marks.watchLimits(now -> loop.execute(() -> onLimits(now)));
        tell();
    }

    /** The report ends with the session. */
    void stop() {
        limitsWatch.close();
        next.close();
    }

    void ownLedgersAtOnce(int ledgers) {
        ownLedgersAtOnce = ledgers;
        apply();
    }

    void ownBytesPerSecond(long bytes) {
        ownBytesPerSecond = bytes;
        apply();
    }

    private void tell() {
        WorkerReport report =
                reports.of(worker.activity(WorkerReports.LEDGERS_SEEN), loop.nowMillis(), loop.epochMillis());
        loop.ask(() -> marks.report(report), told -> look(), this::onFailed);
    }

    private void look() {
        if (!announced) {
            announced = true;
            announcedMillis = loop.nowMillis();
        }
        loop.ask(marks::workers, this::onWorkers, this::onFailed);
    }

    private void onWorkers(List<WorkerReport> workers) {
        List<String> ids = workers.stream().map(WorkerReport::id).toList();
        int position = ids.indexOf(id);
        share = Optional.of(
                position < 0 ? new WorkShare(ids.size() + 1, ids.size()) : new WorkShare(ids.size(), position));
        apply();
        next = loop.later(INTERVAL_MILLIS, this::tell);
    }

    private void onLimits(RepairLimits now) {
        limits = Optional.of(now);
        apply();
    }

    /** What was allowed last stays allowed. */
    private void onFailed(Throwable failure) {
        LOG.debug("A worker could not report: {}", Causes.sentence(failure));
        next = loop.later(RETRY_MILLIS, this::tell);
    }

    private void apply() {
        if (limits.isEmpty() || share.isEmpty()) {
            return;
        }
        RepairLimits cluster = limits.get();
        boolean roomMade = loop.nowMillis() - announcedMillis >= ROOM_MADE_MILLIS;
        if (!cluster.equals(RepairLimits.NONE) && share.get().workers() > 1 && !roomMade) {
            return;
        }
        worker.limit(
                share.get().ledgersAtOnce(ownLedgersAtOnce, cluster.ledgersAtOnce()),
                share.get().bytesPerSecond(ownBytesPerSecond, cluster.bytesPerSecond()));
    }
}
