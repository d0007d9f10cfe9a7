package dev.daybook.server.garbage;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.admin.BookieUsage.Hold;
import dev.daybook.engine.compaction.CompactionChoice;
import dev.daybook.engine.compaction.CompactionKind;
import dev.daybook.engine.compaction.CompactionRun;
import dev.daybook.engine.compaction.CompactionSchedule;
import dev.daybook.engine.compaction.DiskBrake;
import dev.daybook.engine.compaction.LogLoad;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.loop.Mailbox;
import dev.daybook.storage.compaction.CompactedLog;
import dev.daybook.storage.compaction.CompactionLimits;
import dev.daybook.storage.compaction.LogCompaction;
import dev.daybook.storage.compaction.SealedLogs;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.store.Reclaimed;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that wins back space in one ledger directory: it deletes entry logs without a living ledger, then rewrites
 * those with few living entries, one at a time. Each directory has its own, so that a full or slow one does not hold up
 * the others. No failure ends it.
 */
final class DirectoryLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLoop.class);
    private static final int TENTHS = 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LedgerDirectory directory;
    private final GarbageConfig config;
    private final SpaceNeeds needs;
    private final LongSupplier unflushedBytes;
    private final StopSwitch stop;
    private final BookieMetrics metrics;
    private final Pacer bytePacer;
    private final Pacer entryPacer;
    private final DiskBrake brake;

    /** Also told by operators; every use holds its monitor. */
    private final CompactionSchedule schedule;

    private final Mailbox<Set<CompactionKind>> wakeUps = new Mailbox<>();

    /** Logs that stay because something in them cannot be read; scrubbing and repair may change that. */
    private final Set<Integer> damagedLogs = new HashSet<>();

    private volatile List<LogLoad> lastSeen = List.of();
    private final AtomicLong bytesReclaimed = new AtomicLong();
    private final AtomicLong bytesCopied = new AtomicLong();
    private volatile int damagedCount;
    private volatile String compacting = "";
    private volatile CompactionHistory history = CompactionHistory.startedAt(System.currentTimeMillis());
    private volatile String problem = "";

    DirectoryLoop(
            LedgerDirectory directory,
            GarbageConfig config,
            SpaceNeeds needs,
            LongSupplier unflushedBytes,
            StopSwitch stop,
            BookieMetrics metrics) {
        this.directory = directory;
        this.config = config;
        this.needs = needs;
        this.unflushedBytes = unflushedBytes;
        this.stop = stop;
        this.metrics = metrics;
        this.bytePacer = new Pacer(config.compaction().bytesPerSecond(), stop);
        this.entryPacer = new Pacer(config.compaction().entriesPerSecond(), stop);
        this.brake = new DiskBrake(config.compaction().disk());
        this.schedule = new CompactionSchedule(config.compaction().rules(), brake, nowMillis());
    }

    private static long nowMillis() {
        return System.nanoTime() / NANOS_PER_MILLI;
    }

    /** @param asked kinds that an operator wants now; may be empty */
    void wakeUp(Set<CompactionKind> asked) {
        wakeUps.put(asked);
    }

    void close() {
        wakeUps.close();
    }

    Optional<String> refusalOf(CompactionKind kind) {
        synchronized (schedule) {
            return schedule.refusalOf(kind);
        }
    }

    void suspend(CompactionKind kind, boolean suspended) {
        synchronized (schedule) {
            if (suspended) {
                schedule.suspend(kind);
            } else {
                schedule.resume(kind);
            }
        }
    }

    /** Finished logs by tenths of their live share. */
    long[] logsByLiveShare() {
        long[] counts = new long[TENTHS];
        for (LogLoad log : lastSeen) {
            counts[Math.max(0, (int) Math.ceil(log.liveShare() * TENTHS) - 1)]++;
        }
        return counts;
    }

    List<SealedLog> sealedLogs() {
        return lastSeen.stream()
                .map(log -> new SealedLog(directory.disk().path(), log.logId(), log.bytes(), log.liveBytes()))
                .toList();
    }

    BookieUsage.GarbageDirectory status() {
        return new BookieUsage.GarbageDirectory(
                directory.disk().path(),
                bytesReclaimed.get(),
                bytesCopied.get(),
                compacting,
                holdOf(CompactionKind.MINOR),
                holdOf(CompactionKind.MAJOR),
                damagedCount,
                problem);
    }

    CompactionHistory history() {
        return history;
    }

    private Hold holdOf(CompactionKind kind) {
        synchronized (schedule) {
            if (schedule.isSuspended(kind)) {
                return Hold.OPERATOR;
            }
            return schedule.isHeldByDisk(kind) ? Hold.DISK : Hold.NOBODY;
        }
    }

    @Override
    public void run() {
        while (!wakeUps.isClosedAndEmpty()) {
            try {
                Set<CompactionKind> asked = EnumSet.noneOf(CompactionKind.class);
                wakeUps.take(config.interval().toMillis()).forEach(asked::addAll);
                if (!stop.isStopped()) {
                    pass(asked);
                    problem = "";
                }
            } catch (InterruptedException e) {
                return; // Only whoever ends the whole process does that.
            } catch (IOException e) {
                problem = String.valueOf(e.getMessage());
                LOG.warn(
                        "Space of {} was not won back this time: {}",
                        directory.disk().path(),
                        problem);
            } catch (RuntimeException | Error e) {
                // Whatever it is, a loop that ended here would be missed only when the disk is full.
                problem = e.toString();
                LOG.error(
                        "Winning back space of {} met a defect and is tried again.",
                        directory.disk().path(),
                        e);
            } finally {
                compacting = "";
                history = history.failed();
            }
        }
    }

    /** One look at the directory, and what follows from it. */
    void pass(Set<CompactionKind> asked) throws IOException {
        reclaim();
        List<LogLoad> sealed = look();
        Optional<CompactionRun> run;
        synchronized (schedule) {
            brake.onUsage(usedShare());
            run = schedule.decide(nowMillis(), asked);
        }
        if (run.isPresent()) {
            compacting = run.get().mode().name().toLowerCase(Locale.ROOT);
            history = history.begun(run.get(), asked);
            compact(run.get(), sealed);
            history = history.ended(run.get(), System.currentTimeMillis());
            synchronized (schedule) {
                schedule.ran(run.get(), nowMillis());
            }
        }
    }

    private void reclaim() throws IOException {
        Reclaimed reclaimed = directory.store().reclaim();
        freed(reclaimed.bytes());
        if (reclaimed.logs() > 0) {
            LOG.info(
                    "{} entry logs with {} bytes, in which no ledger lives, were deleted from {}.",
                    reclaimed.logs(),
                    reclaimed.bytes(),
                    directory.disk().path());
        }
    }

    private void freed(long bytes) {
        bytesReclaimed.addAndGet(bytes);
        metrics.spaceReclaimed(bytes);
    }

    private List<LogLoad> look() throws IOException {
        List<LogLoad> sealed = List.copyOf(SealedLogs.of(directory.store()));
        lastSeen = sealed;
        return sealed;
    }

    /** A disk that has no room for a flush counts as wholly used, as it does for those who add entries. */
    private double usedShare() throws IOException {
        long total = directory.disk().totalBytes();
        long usable = directory.disk().usableBytes();
        if (usable < needs.flushBytes()) {
            return 1;
        }
        return total <= 0 ? 0 : 1 - (double) usable / total;
    }

    private void compact(CompactionRun run, List<LogLoad> found) throws IOException {
        long startMillis = nowMillis();
        CompactionChoice choice = new CompactionChoice(run);
        Set<Integer> passedOver = new HashSet<>(damagedLogs);
        List<LogLoad> sealed = found;
        CompactionLimits limits = CompactionLimits.of(needs.entryLogBytesMax());
        try (LogCompaction compaction = new LogCompaction(directory.store(), limits, this::mayCopy)) {
            while (!stop.isStopped() && !run.isOver(startMillis, nowMillis())) {
                Optional<LogLoad> next = choice.next(sealed, passedOver, spendableBytes());
                if (next.isEmpty()) {
                    sayIfNothingFits(choice, sealed, passedOver);
                    return;
                }
                passedOver.add(next.get().logId());
                ended(
                        next.get(),
                        compaction.compact(next.get().logId(), next.get().bytes()));
                reclaim();
                sealed = look();
            }
        } catch (DiskFullException e) {
            LOG.warn("Compaction of {} waits for space: {}", directory.disk().path(), e.getMessage());
        }
    }

    private long spendableBytes() throws IOException {
        long untouchable = needs.untouchableBytes(
                brake.isFull(), unflushedBytes.getAsLong(), config.compaction().reserveBytes());
        return directory.disk().usableBytes() - untouchable;
    }

    private void sayIfNothingFits(CompactionChoice choice, List<LogLoad> sealed, Set<Integer> passedOver) {
        if (choice.next(sealed, passedOver, Long.MAX_VALUE).isPresent()) {
            LOG.warn(
                    "No entry log of {} can be rewritten, because its copy does not fit into what is free beside what"
                            + " flushes and daybook.bookie.compaction.reserve need: make room.",
                    directory.disk().path());
        }
    }

    private boolean mayCopy(int bytes) {
        boolean stopped = bytePacer.take(bytes);
        return !(entryPacer.take(1) || stopped);
    }

    private void ended(LogLoad log, CompactedLog result) {
        bytesCopied.addAndGet(result.bytes());
        metrics.compactionCopied(result.bytes());
        freed(result.freedBytes());
        if (result.end() == CompactedLog.End.DAMAGED) {
            damagedLogs.add(log.logId());
            damagedCount = damagedLogs.size();
            LOG.error(
                    "Entry log {} of {} stays, because {} places in it cannot be read: what lies there is unknown until"
                            + " the cluster has restored it.",
                    log.logId(),
                    directory.disk().path(),
                    result.damaged());
        } else {
            LOG.info(
                    "Entry log {} of {} was rewritten ({}): {} entries with {} bytes copied, {} bytes freed.",
                    log.logId(),
                    directory.disk().path(),
                    result.end().name().toLowerCase(Locale.ROOT),
                    result.entries(),
                    result.bytes(),
                    result.freedBytes());
        }
    }
}
