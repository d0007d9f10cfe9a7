package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.RepairStore.AuditorTerm;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.core.audit.AuditTimer;
import dev.daybook.core.audit.AuditTraffic;
import dev.daybook.core.audit.Auditor;
import dev.daybook.core.audit.BeginSearch;
import dev.daybook.core.audit.CancelTimer;
import dev.daybook.core.audit.LossNoticed;
import dev.daybook.core.audit.Search;
import dev.daybook.core.audit.StartTimer;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The auditor for one term. When to search for what is decided by {@link Auditor}; this performs it, and ends with the
 * term: whatever it writes after that fails. Belongs to the loop.
 */
final class AuditorLoop implements AuditTraffic {
    private static final Logger LOG = LoggerFactory.getLogger(AuditorLoop.class);

    /** For a search that reads metadata only. */
    private static final int LEDGERS_AT_ONCE = 100;

    /** For a search that asks bookies. */
    private static final int CHECKS_AT_ONCE = 16;

    private static final long RETRY_MILLIS = 1_000;
    private static final int EVERY_ENTRY = 100;

    private final SerialLoop loop;
    private final MetadataStore store;
    private final RepairStore marks;
    private final LedgerRepairs repairs;
    private final AutoRecoveryConfig.Audit config;
    private final RecoveryMetrics metrics;
    private final AuditorTerm term;
    private final AuditCourses courses;
    private final List<Subscription> watches = new ArrayList<>();
    private final Map<AuditTimer, Subscription> timers = new EnumMap<>(AuditTimer.class);
    private Optional<Auditor> auditor = Optional.empty();
    private boolean started;
    private Optional<LedgerWalk> walk = Optional.empty();
    private Optional<Search> running = Optional.empty();
    private boolean over;

    /** What {@link Auditor#expected} says, for searches, which ask from any thread. */
    private volatile Set<BookieId> expected = Set.of();

    AuditorLoop(
            SerialLoop loop,
            MetadataStore store,
            LedgerRepairs repairs,
            AutoRecoveryConfig.Audit config,
            RecoveryMetrics metrics,
            AuditorTerm term) {
        this.loop = loop;
        this.store = store;
        this.marks = store.repairs();
        this.repairs = repairs;
        this.config = config;
        this.metrics = metrics;
        this.term = term;
        this.courses = new AuditCourses(loop);
    }

    void start() {
        loop.ask(
                () -> AuditStart.read(store, config.lostBookieDelaySeconds(), loop.epochMillis()),
                this::begin,
                failure -> {
                    LOG.info("The auditor cannot begin yet: {}", Causes.sentence(failure));
                    watches.add(loop.later(RETRY_MILLIS, () -> {
                        if (!over) {
                            start();
                        }
                    }));
                });
    }

    private void begin(AuditStart found) {
        if (over) {
            return;
        }
        Auditor begun = new Auditor(config.plan(), found.known(), found.delaySeconds(), found.enabled());
        auditor = Optional.of(begun);
        watches.add(store.watchBookies(bookies -> loop.execute(() -> onBookies(begun, found, bookies))));
        watches.add(marks.watchEnabled(enabled -> loop.execute(() -> onEnabled(begun, enabled))));
        watches.add(marks.watchLostBookieDelay(seconds -> loop.execute(() -> step(() -> begun.onDelay(seconds)))));
    }

    /** That nobody is registered is not believed: more likely it is not known yet, and nobody could repair anything. */
    private void onBookies(Auditor begun, AuditStart found, BookieSnapshot bookies) {
        Set<BookieId> alive = new HashSet<>(bookies.writable());
        alive.addAll(bookies.readOnly());
        if (alive.isEmpty()) {
            return;
        }
        if (started) {
            step(() -> begun.onBookies(alive));
        } else {
            started = true;
            step(() -> begun.start(alive, found.sinceMillis()));
        }
    }

    private void onEnabled(Auditor begun, boolean enabled) {
        step(() -> begun.onEnabled(enabled));
        if (!enabled) {
            walk.ifPresent(LedgerWalk::giveUp);
        }
    }

    /**
     * An operator's wish.
     *
     * @return false if it is too early
     */
    boolean demand(Search search) {
        if (started) {
            auditor.ifPresent(begun -> step(() -> begun.onDemand(search)));
        }
        return started;
    }

    /** The term has ended, or this process does. */
    void stop() {
        over = true;
        watches.forEach(Subscription::close);
        timers.values().forEach(Subscription::close);
        walk.ifPresent(LedgerWalk::giveUp);
        metrics.bookiesAwaited(0);
    }

    AuditActivity activity() {
        return new AuditActivity(true, running, auditor.map(Auditor::awaited).orElse(Set.of()), courses.all());
    }

    private void step(Runnable change) {
        if (over) {
            return;
        }
        change.run();
        auditor.ifPresent(begun -> {
            expected = begun.expected();
            begun.drainTo(this);
            metrics.bookiesAwaited(begun.awaited().size());
        });
    }

    @Override
    public void startTimer(StartTimer effect) {
        Subscription timer =
                loop.later(effect.delayMillis(), () -> step(() -> auditor.ifPresent(a -> a.onTimer(effect.timer()))));
        courses.due(effect.timer(), effect.delayMillis());
        Subscription before = timers.put(effect.timer(), timer);
        if (before != null) {
            before.close();
        }
    }

    @Override
    public void cancelTimer(CancelTimer effect) {
        Subscription timer = timers.remove(effect.timer());
        if (timer != null) {
            timer.close();
        }
    }

    @Override
    public void lossNoticed(LossNoticed effect) {
        LOG.warn(
                "Bookies went away: {}. Their ledgers are marked in {} ms, unless they come back.",
                effect.bookies(),
                effect.delayMillis());
    }

    @Override
    public void beginSearch(BeginSearch effect) {
        Search search = effect.search();
        MarkWriter writer = new MarkWriter(term, metrics);
        // Who goes away while the search is under way has its delay as well.
        Predicate<BookieId> spared = bookie -> effect.spared().contains(bookie) || expected.contains(bookie);
        LedgerSearch look = switch (search) {
            case LOST_BOOKIES -> new LostBookieSearch(store, spared, writer);
            case MISSING_COPIES -> new MissingCopySearch(repairs, config.percent(), spared, writer);
            case PLACEMENT ->
                new PlacementSearch(
                        store, repairs, metrics, config.repairsPlacement() ? Optional.of(writer) : Optional.empty());
            case REPLICA_COUNT -> new MissingCopySearch(repairs, EVERY_ENTRY, spared, writer);
        };
        long begunNanos = System.nanoTime();
        LedgerWalk begun = new LedgerWalk(
                loop, store::ledgers, look, asksBookies(search) ? CHECKS_AT_ONCE : LEDGERS_AT_ONCE, complete -> {
                    long nanos = System.nanoTime() - begunNanos;
                    courses.ended(search, complete, writer.marked());
                    metrics.searched(search.name().toLowerCase(Locale.ROOT), complete, nanos);
                    LOG.info(
                            "The search for {} {} and marked {} ledgers.",
                            search,
                            complete ? "looked at all ledgers" : "was given up",
                            writer.marked());
                    if (complete) {
                        look.completed();
                    }
                    onWalked(search, complete);
                });
        walk = Optional.of(begun);
        running = Optional.of(search);
        courses.begun(search);
        begun.start();
    }

    private static boolean asksBookies(Search search) {
        return search == Search.MISSING_COPIES || search == Search.REPLICA_COUNT;
    }

    private void onWalked(Search search, boolean complete) {
        walk = Optional.empty();
        if (!complete || over) {
            onSearched(search, false);
            return;
        }
        loop.ask(
                () -> term.complete(search, loop.epochMillis()),
                stored -> onSearched(search, true),
                failure -> onSearched(search, false));
    }

    private void onSearched(Search search, boolean complete) {
        running = Optional.empty();
        // Later, because a search may end while another effect is performed.
        loop.execute(() -> step(() -> auditor.ifPresent(begun -> begun.onSearched(search, complete))));
    }
}
