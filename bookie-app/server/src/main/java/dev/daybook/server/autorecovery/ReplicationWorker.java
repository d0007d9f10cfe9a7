package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.client.repair.RepairReport;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.client.repair.RepairRun;
import dev.daybook.core.effect.Dice;
import dev.daybook.core.repair.CompleteRepair;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.core.repair.Stall;
import dev.daybook.core.repair.StallReason;
import dev.daybook.core.work.AbandonRepair;
import dev.daybook.core.work.LedgerWork;
import dev.daybook.core.work.RecoverLedger;
import dev.daybook.core.work.ReleaseLedger;
import dev.daybook.core.work.RepairAgenda;
import dev.daybook.core.work.RepairLedger;
import dev.daybook.core.work.TakeLedger;
import dev.daybook.core.work.Taking;
import dev.daybook.core.work.UnmarkLedger;
import dev.daybook.core.work.Unmarking;
import dev.daybook.core.work.WorkTraffic;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.format.UnderReplicationMark;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.server.autorecovery.RepairActivity.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes marked ledgers, one lock each, and gives them back what they lack. What comes when is decided by
 * {@link RepairAgenda}; this performs it. A session that ends takes the locks with it: whoever continues repairs the same
 * once more, which does no harm. Belongs to the loop.
 */
final class ReplicationWorker implements WorkTraffic {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicationWorker.class);

    /** The client that repairs hears of bookies by a watch of its own, perhaps later than this worker. */
    private static final long CLIENT_HEARS_MILLIS = 1_000;

    /** In case that nobody has told of a change. */
    private static final long SCAN_MILLIS = 60_000;

    private final SerialLoop loop;
    private final MetadataStore store;
    private final RepairStore marks;
    private final LedgerRepairs repairs;
    private final RecoveryMetrics metrics;
    private final String holder;
    private final RepairAgenda agenda;
    private final ScanPace scans = new ScanPace();
    private final WorkLocks locks;
    private final Map<LedgerId, RepairRun> runs = new HashMap<>();
    private final List<Subscription> watches = new ArrayList<>();

    private Set<BookieId> alive = Set.of();
    private Subscription nextStep = () -> {};
    private Subscription nextScan = () -> {};
    private Subscription secondWord = () -> {};
    private boolean enabled;
    private int slots;
    private long bytesPerSecond;
    private Totals totals = Totals.NOTHING;
    private String lastTrouble = "";

    /** @param repairs its limit of bytes per second is this worker's, and whether it gives way */
    ReplicationWorker(
            SerialLoop loop,
            MetadataStore store,
            LedgerRepairs repairs,
            AutoRecoveryConfig config,
            RecoveryMetrics metrics,
            Dice dice) {
        this.loop = loop;
        this.locks = new WorkLocks(loop);
        this.store = store;
        this.marks = store.repairs();
        this.repairs = repairs;
        this.metrics = metrics;
        this.holder = config.name();
        this.slots = config.copying().ledgersAtOnce();
        this.bytesPerSecond = config.copying().bytesPerSecond();
        repairs.giveWay(config.copying().givingWay());
        // Off until the metadata service says otherwise.
        this.agenda = new RepairAgenda(
                config.pace(), slots, false, dice, config.audit().repairsPlacement());
    }

    void start() {
        repairs.limitBytesPerSecond(bytesPerSecond);
        watches.add(store.watchBookies(bookies -> loop.execute(() -> onBookies(bookies))));
        watches.add(marks.watchEnabled(now -> loop.execute(() -> onEnabled(now))));
        watches.add(marks.watchLocksLost(() -> loop.execute(() -> step(agenda::onLocksLost))));
        watches.add(marks.watchMarks(() -> loop.execute(() -> step(scans::want))));
        scanNowAndThen();
    }

    private void scanNowAndThen() {
        step(scans::want);
        nextScan = loop.later(SCAN_MILLIS, this::scanNowAndThen);
    }

    /** Takes nothing more. Locks and repairs under way end with the session and the client. */
    void stop() {
        watches.forEach(Subscription::close);
        nextStep.close();
        nextScan.close();
        secondWord.close();
        agenda.onEnabled(false);
    }

    /**
     * From now on; repairs that were begun go on.
     *
     * @param ledgersAtOnce 0 to begin none
     * @param bytes per second that all repairs together may read; 0 for no limit
     */
    void limit(int ledgersAtOnce, long bytes) {
        repairs.limitBytesPerSecond(bytes);
        bytesPerSecond = bytes;
        if (slots != ledgersAtOnce) {
            slots = ledgersAtOnce;
            step(() -> agenda.onSlots(ledgersAtOnce));
        }
    }

    /** @param limit of ledgers that are told of */
    RepairActivity activity(int limit) {
        List<RepairActivity.Work> works = new ArrayList<>();
        for (LedgerWork work : agenda.works(loop.nowMillis(), limit)) {
            RepairRun run = runs.get(work.ledger());
            works.add(new RepairActivity.Work(work, run == null ? new RepairTally(0, 0, 0) : run.progress()));
        }
        Totals all = totals;
        for (RepairRun run : runs.values()) {
            all = all.plusUnderWay(run.progress());
        }
        return new RepairActivity(
                enabled, slots, bytesPerSecond, agenda.counts(), agenda.stalls(), works, all, lastTrouble);
    }

    private void onBookies(BookieSnapshot bookies) {
        Set<BookieId> now = new HashSet<>(bookies.writable());
        now.addAll(bookies.readOnly());
        alive = now;
        tellOfBookies();
        secondWord.close();
        secondWord = loop.later(CLIENT_HEARS_MILLIS, this::tellOfBookies);
    }

    private void tellOfBookies() {
        step(() -> {
            agenda.onBookies();
            scans.want();
        });
    }

    private void onEnabled(boolean now) {
        enabled = now;
        step(() -> agenda.onEnabled(now));
    }

    /** Enters the agenda, performs what it asks for, and sees to it that time goes on. */
    private void step(Runnable change) {
        change.run();
        agenda.drainTo(this);
        Phases.report(agenda.counts(), metrics);
        nextStep.close();
        long now = loop.nowMillis();
        OptionalLong time = agenda.nextTimeMillis();
        long scan = scanDelayMillis(now);
        if (scan >= 0 || time.isPresent()) {
            long untilTime = time.isPresent() ? Math.max(0, time.getAsLong() - now) : Long.MAX_VALUE;
            nextStep = loop.later(scan < 0 ? untilTime : Math.min(scan, untilTime), this::onTime);
        }
    }

    /** Before anything is known of bookies every ledger would seem lost. */
    private long scanDelayMillis(long now) {
        return alive.isEmpty() ? -1 : scans.delayMillis(agenda.waiting() > slots, now);
    }

    private void onTime() {
        long now = loop.nowMillis();
        if (scanDelayMillis(now) == 0) {
            scans.onBegun(now);
            new MarkScan(loop, store, agenda, alive, this::onScanEnded).start();
        }
        step(() -> agenda.onTime(now));
    }

    private void onScanEnded(boolean complete) {
        scans.onEnded(complete, loop.nowMillis());
        step(complete ? agenda::onScanEnded : () -> {});
    }

    @Override
    public void takeLedger(TakeLedger effect) {
        LedgerId ledger = effect.ledger();
        loop.ask(
                () -> marks.lock(ledger, holder),
                lock -> {
                    if (lock.isPresent()) {
                        readMark(ledger, lock.get());
                    } else {
                        scans.want();
                        onTaken(ledger, new Taking.LockedElsewhere());
                    }
                },
                failure -> onTaken(ledger, new Taking.Unavailable(Causes.sentence(failure))));
    }

    /** Only under the lock: what it said before may have been repaired by somebody else since. */
    private void readMark(LedgerId ledger, LedgerLock lock) {
        loop.ask(
                () -> marks.findMark(ledger),
                mark -> onMark(ledger, lock, mark),
                failure -> giveBack(lock, () -> onTaken(ledger, new Taking.Unavailable(Causes.sentence(failure)))));
    }

    private void onMark(LedgerId ledger, LedgerLock lock, Optional<Versioned<UnderReplicationMark>> mark) {
        if (mark.isEmpty()) {
            giveBack(lock, () -> onTaken(ledger, new Taking.NotMarked()));
            return;
        }
        locks.put(ledger, lock, mark.get().version());
        onTaken(ledger, new Taking.Taken(Set.copyOf(mark.get().value().missing())));
    }

    private void onTaken(LedgerId ledger, Taking taking) {
        step(() -> agenda.onTaken(ledger, taking, loop.nowMillis()));
    }

    @Override
    public void repairLedger(RepairLedger effect) {
        if (effect.missing().isEmpty()) {
            locks.ask(
                    effect.ledger(),
                    () -> rearrangement(effect.ledger()),
                    moves -> move(effect.ledger(), moves),
                    failure -> onFailed(effect.ledger(), failure));
        } else {
            Set<BookieId> suspects = new HashSet<>(effect.missing());
            suspects.retainAll(alive);
            repair(effect.ledger(), RepairRequest.ofSuspects(suspects));
        }
    }

    /** Nobody moves in a ledger that is gone or still open. */
    private CompletionStage<Optional<Map<BookieId, BookieId>>> rearrangement(LedgerId ledger) {
        return store.read(ledger)
                .thenCompose(found -> found.map(Versioned::value)
                        .filter(LedgerMetadata::isClosed)
                        .map(record -> repairs.rearrangement(ledger, record))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.of(Map.of()))));
    }

    private void move(LedgerId ledger, Optional<Map<BookieId, BookieId>> moves) {
        if (moves.isPresent()) {
            Map<BookieId, BookieId> successors = moves.get();
            repair(ledger, new RepairRequest(successors.keySet(), Set.of(), successors, 0));
            return;
        }
        Stall stall = new Stall(
                StallReason.NO_TARGET, "No choice of writable bookies was found that keeps to the placement policy.");
        RepairReport stalled =
                new RepairReport(new CompleteRepair.Outcome.Stalled(List.of(stall)), new RepairTally(0, 0, 0));
        count(ledger, stalled, 0);
        step(() -> agenda.onRepaired(ledger, stalled.outcome(), loop.nowMillis()));
    }

    private void repair(LedgerId ledger, RepairRequest request) {
        RepairRun run = repairs.repair(ledger, request);
        runs.put(ledger, run);
        long begunNanos = System.nanoTime();
        locks.ask(
                ledger,
                run::end,
                report -> {
                    runs.remove(ledger);
                    count(ledger, report, System.nanoTime() - begunNanos);
                    step(() -> agenda.onRepaired(ledger, report.outcome(), loop.nowMillis()));
                },
                failure -> {
                    runs.remove(ledger);
                    onFailed(ledger, failure);
                });
    }

    private void count(LedgerId ledger, RepairReport report, long nanos) {
        totals = totals.plus(report.tally(), !(report.outcome() instanceof CompleteRepair.Outcome.Stalled));
        metrics.copied(report.tally().copies(), report.tally().bytes());
        if (report.outcome() instanceof CompleteRepair.Outcome.Stalled stalled) {
            stalled.stalls().forEach(stall -> metrics.stalled(Phases.tagOf(stall.reason())));
            lastTrouble = "Ledger " + ledger + ": "
                    + stalled.stalls().stream().map(Stall::detail).distinct().collect(Collectors.joining(" "));
        } else {
            metrics.repaired(nanos);
        }
    }

    private void onFailed(LedgerId ledger, Throwable failure) {
        String why = Causes.sentence(failure);
        LOG.info("Ledger {} is repaired later: {}", ledger, why);
        lastTrouble = "Ledger " + ledger + ": " + why;
        step(() -> agenda.onFailed(ledger, why, loop.nowMillis()));
    }

    @Override
    public void recoverLedger(RecoverLedger effect) {
        LedgerId ledger = effect.ledger();
        LOG.info("Ledger {} is recovered and closed: it is open, and a bookie of its last fragment is lost.", ledger);
        locks.ask(
                ledger,
                () -> repairs.recover(ledger),
                closed -> step(() -> agenda.onRecovered(ledger)),
                failure -> onFailed(ledger, failure));
    }

    @Override
    public void unmarkLedger(UnmarkLedger effect) {
        LedgerId ledger = effect.ledger();
        long version = locks.markVersion(ledger);
        locks.ask(
                ledger,
                () -> marks.unmark(ledger, version),
                removed -> step(() -> agenda.onUnmarked(ledger, removed ? Unmarking.REMOVED : Unmarking.MARKED_AGAIN)),
                failure -> onFailed(ledger, failure));
    }

    @Override
    public void releaseLedger(ReleaseLedger effect) {
        LedgerLock lock = locks.remove(effect.ledger());
        giveBack(lock, () -> {
            scans.want();
            step(() -> agenda.onReleased(effect.ledger()));
        });
    }

    /** Its copies so far were made; nobody hears of its end. */
    @Override
    public void abandonRepair(AbandonRepair effect) {
        RepairRun run = runs.remove(effect.ledger());
        if (run != null) {
            LOG.info("The repair of ledger {} is given up here, because its lock was lost.", effect.ledger());
            totals = totals.plusUnderWay(run.progress());
            run.abandon();
        }
    }

    /** One that cannot be given back ends with the session. */
    private void giveBack(LedgerLock lock, Runnable then) {
        loop.ask(lock::release, released -> then.run(), failure -> then.run());
    }
}
