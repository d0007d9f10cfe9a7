package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.meta.job.ReadOnlyWishes;
import dev.daybook.core.job.BeginPass;
import dev.daybook.core.job.EndJob;
import dev.daybook.core.job.HoldReadOnly;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobCourse;
import dev.daybook.core.job.JobReport;
import dev.daybook.core.job.JobState;
import dev.daybook.core.job.JobTraffic;
import dev.daybook.core.job.RemoveCookie;
import dev.daybook.core.job.StopPass;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out one job. What follows what is decided by {@link JobCourse}; this performs it, and writes down how far it is
 * under the version of the record that it wrote last, so that one who was replaced writes nothing more. Belongs to the
 * loop.
 */
final class JobRunner implements JobTraffic {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int SURVEYED_AT_ONCE = 100;

    /** How often it is written down how far the job is, and how soon what failed is tried again. */
    private static final long SAVE_MILLIS = 1_000;

    private final SerialLoop loop;
    private final MetadataStore store;
    private final JobStore jobs;
    private final int ledgersAtOnce;
    private final Runnable over;
    private final JobCourse course;
    private final LedgerMover mover;
    private final List<Subscription> watches = new ArrayList<>();
    private Job job;
    private long version;
    private JobReport saved;
    private Optional<EndJob> end = Optional.empty();

    /** What its bookie shall do, until that is stored. */
    private Optional<HoldReadOnly> untold = Optional.empty();

    private boolean telling;
    private Optional<LedgerWalk> walk = Optional.empty();
    private Subscription timer = () -> {};
    private Subscription nextSave = () -> {};
    private int passes;
    private boolean saving;
    private boolean stopped;

    /**
     * @param claimed by this process
     * @param over told once that this one does nothing more for the job
     */
    JobRunner(JobMeans means, Versioned<Job> claimed, Runnable over) {
        this.loop = means.loop();
        this.store = means.store();
        this.jobs = new JobStore(store.records());
        this.ledgersAtOnce = means.config().copying().ledgersAtOnce();
        this.over = over;
        this.job = claimed.value();
        this.version = claimed.version();
        this.saved = job.report();
        this.course =
                new JobCourse(job.order(), job.report(), means.config().jobs().pace());
        this.mover =
                new LedgerMover(loop, store, means.repairs(), means.config().name(), course);
    }

    void start() {
        LOG.info(
                "Job {} is carried out here: {}{}.",
                job.id(),
                job.order().kind(),
                job.order().leaving().map(bookie -> " of " + bookie).orElse(""));
        step(() -> course.start(loop.nowMillis()));
        watches.add(store.watchBookies(bookies -> loop.execute(() -> step(() -> course.onBookies(
                new HashSet<>(bookies.writable()), new HashSet<>(bookies.readOnly()), loop.nowMillis())))));
        watches.add(store.repairs()
                .watchEnabled(enabled -> loop.execute(() -> step(() -> course.onEnabled(enabled, loop.nowMillis())))));
        watches.add(store.repairs().watchLocksLost(() -> loop.execute(mover::onLocksLost)));
        watches.add(jobs.watch(job.id(), found -> loop.execute(() -> onRecord(found))));
        saveNowAndThen();
    }

    /** This process may not carry it out any more, or ends. */
    void stop() {
        stopped = true;
        watches.forEach(Subscription::close);
        timer.close();
        nextSave.close();
        endWalk();
    }

    private void step(Runnable change) {
        if (stopped) {
            return;
        }
        try {
            change.run();
            course.drainTo(this);
        } catch (RuntimeException e) {
            LOG.error("Job {} was stopped by a bug in Daybook.", job.id(), e);
            endWalk();
            endJob(new EndJob(JobState.FAILED));
            return;
        }
        timer.close();
        course.nextTimeMillis()
                .ifPresent(time -> timer = loop.later(
                        Math.max(0, time - loop.nowMillis()), () -> step(() -> course.onTime(loop.nowMillis()))));
    }

    @Override
    public void beginPass(BeginPass effect) {
        int number = ++passes;
        boolean surveys = effect.purpose() == BeginPass.Purpose.SURVEY;
        LedgerPages pages = effect.ledgers().map(JobRunner::only).orElse(store::ledgers);
        LedgerWalk begun = new LedgerWalk(
                loop,
                pages,
                surveys ? this::survey : mover,
                surveys ? SURVEYED_AT_ONCE : ledgersAtOnce,
                // Later, because a walk may end while another effect is performed.
                complete -> loop.execute(() -> onWalked(number, complete)));
        walk = Optional.of(begun);
        begun.start();
    }

    private static LedgerPages only(List<LedgerId> ledgers) {
        return (last, limit) -> CompletableFuture.completedFuture(last.isEmpty() ? ledgers : List.of());
    }

    private CompletionStage<Void> survey(LedgerId ledger) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.ask(
                () -> store.read(ledger),
                found -> {
                    found.map(Versioned::value).ifPresent(metadata -> course.survey(ledger, metadata));
                    done.complete(null);
                },
                done::completeExceptionally);
        return done;
    }

    /** A walk that was stopped is none of the course's any more. */
    private void onWalked(int number, boolean complete) {
        if (walk.isPresent() && number == passes) {
            walk = Optional.empty();
            step(() -> course.onPassEnded(complete, loop.nowMillis()));
        }
    }

    @Override
    public void stopPass(StopPass effect) {
        endWalk();
    }

    private void endWalk() {
        Optional<LedgerWalk> stopping = walk;
        walk = Optional.empty();
        stopping.ifPresent(LedgerWalk::giveUp);
    }

    /**
     * Tried until it succeeds, because nothing is moved before the bookie obeys, and nobody else would let it go again. One
     * wish at a time, so that a newer one is not overtaken.
     */
    @Override
    public void holdReadOnly(HoldReadOnly effect) {
        untold = Optional.of(effect);
        tellWish();
    }

    private void tellWish() {
        if (stopped || telling || untold.isEmpty()) {
            return;
        }
        telling = true;
        HoldReadOnly wish = untold.get();
        loop.ask(
                () -> new ReadOnlyWishes(store.records()).set(wish.bookie(), wish.held()),
                changed -> {
                    telling = false;
                    untold = untold.filter(newer -> !newer.equals(wish));
                    tellWish();
                    save();
                },
                failure -> {
                    telling = false;
                    LOG.info("Bookie {} could not be told yet: {}", wish.bookie(), Causes.sentence(failure));
                    loop.later(SAVE_MILLIS, this::tellWish);
                });
    }

    @Override
    public void removeCookie(RemoveCookie effect) {
        loop.ask(
                () -> deleteCookie(effect.bookie()),
                kept -> step(() -> course.onCookieGone(kept)),
                failure -> step(() -> course.onCookieGone(Optional.of(Causes.sentence(failure)))));
    }

    /** With the cookie goes the wish that the bookie be read-only: who has its name next starts anew. */
    private CompletionStage<Optional<String>> deleteCookie(BookieId bookie) {
        BookieRegistry registry = store.registry();
        return registry.readCookie(bookie)
                .thenCompose(cookie -> cookie.map(found -> registry.deleteCookie(bookie, found.version()))
                        .orElseGet(() -> CompletableFuture.completedFuture(true)))
                .thenCompose(gone -> gone
                        ? new ReadOnlyWishes(store.records())
                                .set(bookie, false)
                                .thenApply(changed -> Optional.<String>empty())
                        : CompletableFuture.completedFuture(Optional.of("It was changed by somebody else.")));
    }

    @Override
    public void endJob(EndJob effect) {
        LOG.info(
                "Job {} ends: {}. {}", job.id(), effect.state(), course.report().remark());
        end = Optional.of(effect);
        save();
    }

    private void saveNowAndThen() {
        save();
        nextSave = loop.later(SAVE_MILLIS, this::saveNowAndThen);
    }

    private void save() {
        JobReport report = course.report();
        Optional<EndJob> last = endToSave();
        if (stopped || saving || (last.isEmpty() && report.equals(saved))) {
            return;
        }
        saving = true;
        Job next = last.map(effect -> job.ended(effect.state(), report, loop.epochMillis()))
                .orElseGet(() -> job.reporting(report));
        loop.ask(() -> jobs.save(next, version), newVersion -> onSaved(next, newVersion), failure -> {
            saving = false;
            LOG.info("How far job {} is could not be stored: {}", job.id(), Causes.sentence(failure));
        });
    }

    private void onSaved(Job next, OptionalLong newVersion) {
        if (newVersion.isEmpty()) {
            readAgain();
            return;
        }
        saving = false;
        adopt(new Versioned<>(next, newVersion.getAsLong()));
        saved = next.report();
        if (next.state().isEnd()) {
            finish();
        } else if (endToSave().isPresent()) {
            save();
        }
    }

    /** A job that has ended is nobody's any more, so its last wish comes first. */
    private Optional<EndJob> endToSave() {
        return untold.isEmpty() ? end : Optional.empty();
    }

    /** Somebody has changed the record, or the answer was lost. */
    private void readAgain() {
        loop.ask(
                () -> jobs.find(job.id()),
                found -> {
                    saving = false;
                    onRecord(found);
                    save();
                },
                failure -> saving = false);
    }

    private void onRecord(Optional<Versioned<Job>> found) {
        if (stopped || saving) {
            return;
        }
        boolean ours = found.map(Versioned::value)
                .filter(stored ->
                        stored.claim().equals(job.claim()) && !stored.state().isEnd())
                .isPresent();
        if (ours) {
            boolean newlyAsked = found.get().value().cancelAsked() && end.isEmpty();
            adopt(found.get());
            if (newlyAsked) {
                step(course::onCancel);
            }
        } else {
            LOG.info("Job {} is not carried out here any more.", job.id());
            finish();
        }
    }

    /** If it is older than what was written, because a delivery was late, the next write fails and it is read again. */
    private void adopt(Versioned<Job> stored) {
        job = stored.value();
        version = stored.version();
    }

    private void finish() {
        if (!stopped) {
            stop();
            over.run();
        }
    }
}
