package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.core.job.Job;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where jobs are taken up during one term of the auditor, one after the other in the order in which they came. A job that
 * an earlier auditor has begun goes on here. Belongs to the loop.
 */
final class JobDesk implements TermDuty {
    private static final Logger LOG = LoggerFactory.getLogger(JobDesk.class);

    /** In case that nobody has told of a job, or the metadata service did not answer. */
    private static final long LOOK_MILLIS = 10_000;

    private final JobMeans means;
    private final long term;
    private final JobStore jobs;
    private Subscription news = () -> {};
    private Subscription nextLook = () -> {};
    private Optional<JobRunner> running = Optional.empty();
    private Optional<SelfBalancing> balancing = Optional.empty();
    private boolean looking;
    private boolean wanted;
    private boolean over;

    /** @param term in which this process is the auditor; later ones have larger numbers */
    JobDesk(JobMeans means, long term) {
        this.means = means;
        this.term = term;
        this.jobs = new JobStore(means.store().records());
    }

    @Override
    public void start() {
        news = jobs.watchIds(ids -> means.loop().execute(this::look));
        lookNowAndThen();
        balancing = means.config().jobs().balancing().map(settings -> new SelfBalancing(means, settings));
        balancing.ifPresent(SelfBalancing::start);
    }

    /** What was begun goes on at the next auditor's. */
    @Override
    public void stop() {
        over = true;
        news.close();
        nextLook.close();
        running.ifPresent(JobRunner::stop);
        balancing.ifPresent(SelfBalancing::stop);
    }

    private void lookNowAndThen() {
        // Of the jobs' turns at ledgers; a worker that would give them back may run elsewhere only.
        means.store().repairs().settleLocks();
        look();
        nextLook = means.loop().later(LOOK_MILLIS, this::lookNowAndThen);
    }

    private void look() {
        if (over || running.isPresent()) {
            return;
        }
        if (looking) {
            wanted = true;
            return;
        }
        looking = true;
        means.loop().ask(jobs::list, this::onJobs, this::onFailed);
    }

    private void onJobs(List<Job> all) {
        Optional<Job> next = all.stream().filter(job -> !job.state().isEnd()).findFirst();
        if (next.isEmpty()) {
            onLooked();
            return;
        }
        means.loop()
                .ask(
                        () -> jobs.find(next.get().id()),
                        found -> found.ifPresentOrElse(this::claim, this::onLooked),
                        this::onFailed);
    }

    private void claim(Versioned<Job> found) {
        if (over || found.value().state().isEnd() || found.value().claim().term() > term) {
            onLooked();
            return;
        }
        Job claimed = found.value()
                .claimed(
                        new Job.Claim(means.config().name(), term), means.loop().epochMillis());
        means.loop()
                .ask(
                        () -> jobs.save(claimed, found.version()),
                        saved -> {
                            if (saved.isPresent()) {
                                begin(new Versioned<>(claimed, saved.getAsLong()));
                            } else {
                                wanted = true;
                                onLooked();
                            }
                        },
                        this::onFailed);
    }

    private void begin(Versioned<Job> claimed) {
        looking = false;
        if (over) {
            return;
        }
        JobRunner begun = new JobRunner(means, claimed, () -> means.loop().execute(this::onOver));
        running = Optional.of(begun);
        begun.start();
    }

    private void onOver() {
        running = Optional.empty();
        look();
    }

    private void onFailed(Throwable failure) {
        LOG.info("Jobs could not be looked at: {}", Causes.sentence(failure));
        wanted = false;
        onLooked();
    }

    private void onLooked() {
        looking = false;
        if (wanted) {
            wanted = false;
            look();
        }
    }
}
