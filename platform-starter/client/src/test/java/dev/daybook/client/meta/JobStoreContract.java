package dev.daybook.client.meta;

import static dev.daybook.client.meta.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.meta.job.ReadOnlyWishes;
import dev.daybook.client.meta.job.Submission;
import dev.daybook.core.job.Blocker;
import dev.daybook.core.job.Blockers;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobOrder;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.JobProgress;
import dev.daybook.core.job.JobReport;
import dev.daybook.core.job.JobState;
import dev.daybook.core.job.Move;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What jobs need of every store. Each adapter runs all of it. */
public abstract class JobStoreContract extends StoreContract {
    private static final BookieId B1 = new BookieId("b1:3181");
    private static final BookieId B2 = new BookieId("b2:3181");
    private static final long NOW = 1_795_219_200_000L;

    private JobStore jobs;
    private JobStore others;

    @BeforeEach
    void openStores() {
        jobs = new JobStore(store().records());
        others = new JobStore(session().records());
    }

    private Job accepted(JobOrder order) {
        Submission submission = get(jobs.submit(order, NOW));
        assertThat(submission).isInstanceOf(Submission.Accepted.class);
        return ((Submission.Accepted) submission).job();
    }

    private Versioned<Job> stored(long id) {
        return get(others.find(id)).orElseThrow();
    }

    private void save(Job job) {
        assertThat(get(jobs.save(job, stored(job.id()).version()))).isPresent();
        assertThat(stored(job.id()).value()).isEqualTo(job);
    }

    @Test
    void keepsOrdersOfEveryKindAndEverythingThatIsReported() {
        List<JobOrder> orders = List.of(
                Evacuation.decommission(B1).byForce(),
                Evacuation.replace(B2, B1),
                new Rebalance(List.of(new Move(new LedgerId(7), B1, B2, 12), new Move(new LedgerId(8), B2, B1, 0))));
        for (JobOrder order : orders) {
            Job planned = accepted(order);
            assertThat(stored(planned.id()).value()).isEqualTo(planned);
            JobReport report = new JobReport(
                    new JobProgress(9, 4, 400, 123_456),
                    new Blockers(List.of(new Blocker(new LedgerId(3), "Nobody has it: start b1.")), 17),
                    "It waits.");
            Job running = planned.claimed(new Job.Claim("host 1", 12), NOW + 5).reporting(report);
            save(running);
            save(running.ended(JobState.BLOCKED, report, NOW + 9));
        }
        assertThat(get(others.list())).extracting(Job::id).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoWasOvertakenChangesNothing() {
        Job job = accepted(Evacuation.drain(B1));
        long version = stored(job.id()).version();
        Job first = job.claimed(new Job.Claim("first", 1), NOW);
        Job second = job.claimed(new Job.Claim("second", 2), NOW);
        assertThat(get(others.save(second, version))).isPresent();
        assertThat(get(jobs.save(first, version))).isEmpty();
        assertThat(stored(job.id()).value()).isEqualTo(second);
    }

    @Test
    void oneBookieHasOneJobAtATime() {
        Job job = accepted(Evacuation.drain(B1));
        assertThat(get(others.submit(Evacuation.decommission(B1), NOW)))
                .isEqualTo(new Submission.Refused("Job 1 is under way and does something with bookie b1:3181 already:"
                        + " wait for its end, or cancel it."));
        accepted(Evacuation.drain(B2));
        get(others.cancel(job.id(), NOW));
        assertThat(accepted(Evacuation.decommission(B1)).id()).isEqualTo(3);
    }

    @Test
    void cancellingEndsWhatHasNotBegunAndAsksWhatRuns() {
        Job planned = accepted(Evacuation.drain(B1));
        assertThat(get(others.cancel(planned.id(), NOW + 1)).map(Job::state)).contains(JobState.CANCELLED);
        Job running = accepted(Evacuation.drain(B1)).claimed(new Job.Claim("host", 1), NOW);
        save(running);
        get(others.cancel(running.id(), NOW));
        Job asked = stored(running.id()).value();
        assertThat(asked.cancelAsked()).isTrue();
        assertThat(asked.state()).isEqualTo(JobState.RUNNING);
        assertThat(get(others.cancel(99, NOW))).isEmpty();
    }

    @Test
    void theOldestEndedJobsAreForgottenAndNoOther() {
        Job running = accepted(Evacuation.drain(B2));
        for (int i = 0; i < JobStore.HISTORY + 5; i++) {
            get(jobs.cancel(accepted(Evacuation.drain(B1)).id(), NOW));
        }
        List<Job> kept = get(others.list());
        assertThat(kept).hasSizeBetween(JobStore.HISTORY + 1, JobStore.HISTORY + 2);
        assertThat(kept.get(0)).isEqualTo(running);
        assertThat(kept.get(kept.size() - 1).id()).isEqualTo(JobStore.HISTORY + 6);
        assertThat(get(others.find(2))).isEmpty();
    }

    @Test
    void tellsOfNewJobsAndOfChanges() throws InterruptedException {
        BlockingQueue<List<Long>> ids = new LinkedBlockingQueue<>();
        BlockingQueue<Boolean> cancels = new LinkedBlockingQueue<>();
        Subscription index = others.watchIds(ids::add);
        assertThat(ids.poll(10, TimeUnit.SECONDS)).isEmpty();
        Job job = accepted(Evacuation.drain(B1));
        assertThat(ids.poll(10, TimeUnit.SECONDS)).containsExactly(job.id());
        Subscription one = others.watch(
                job.id(), found -> cancels.add(found.orElseThrow().value().cancelAsked()));
        assertThat(cancels.poll(10, TimeUnit.SECONDS)).isFalse();
        save(job.claimed(new Job.Claim("host", 1), NOW));
        get(jobs.cancel(job.id(), NOW));
        Boolean asked = false;
        while (!asked) {
            asked = cancels.poll(10, TimeUnit.SECONDS);
            assertThat(asked).as("told within ten seconds").isNotNull();
        }
        index.close();
        one.close();
    }

    @Test
    void anUnreadableJobHidesNoOther() {
        Job first = accepted(Evacuation.drain(B1));
        Job second = accepted(Evacuation.drain(B2));
        RecordKey key = new RecordKey("jobs", Long.toString(first.id()));
        byte[] strange = "daybook-job 2\n".getBytes(StandardCharsets.UTF_8);
        get(session()
                .records()
                .commit(List.of(
                        new RecordChange.Swap(key, strange, stored(first.id()).version()))));
        assertThat(get(jobs.list())).containsExactly(second);
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> get(jobs.find(first.id())))
                .withMessageContaining("The record of job 1 is unreadable")
                .extracting(LedgerException::reason)
                .isEqualTo(Reason.METADATA_CORRUPT);
    }

    @Test
    void aWishForABookieIsToldAndTakenBack() throws InterruptedException {
        BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
        ReadOnlyWishes wishes = new ReadOnlyWishes(session().records());
        Subscription follower = new ReadOnlyWishes(session().records()).watch(B1, told::add);
        assertThat(told.poll(10, TimeUnit.SECONDS)).isFalse();
        assertThat(get(wishes.set(B1, true))).isTrue();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isTrue();
        assertThat(get(wishes.set(B1, true))).isFalse();
        assertThat(get(wishes.set(B1, false))).isTrue();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isFalse();
        follower.close();
    }
}
