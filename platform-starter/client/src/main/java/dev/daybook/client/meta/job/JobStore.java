package dev.daybook.client.meta.job;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.RecordStore.CommitOutcome;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobKind;
import dev.daybook.core.job.JobOrder;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a cluster, in any metadata service. Every change is a compare-and-swap, so that somebody who was cut off
 * overwrites nothing. Thread-safe. Stages fail as those of the record store do.
 */
public final class JobStore {
    private static final Logger LOG = LoggerFactory.getLogger(JobStore.class);

    /** Ended jobs that are kept. */
    public static final int HISTORY = 50;

    private static final String NAMESPACE = "jobs";
    private static final RecordKey INDEX = new RecordKey(NAMESPACE, "index");

    /** One commit creates a job, changes the index and forgets some old jobs. */
    private static final int FORGOTTEN_AT_ONCE = RecordStore.CHANGES_MAX - 2;

    /** Each lost race means that somebody else has changed jobs: it must run dry at some point. */
    private static final int ATTEMPTS_MAX = 50;

    private final RecordStore records;

    public JobStore(RecordStore records) {
        this.records = records;
    }

    private static RecordKey key(long id) {
        return new RecordKey(NAMESPACE, Long.toString(id));
    }

    /**
     * Stores an order for whoever is the auditor. Refused while another job concerns the same bookie, or while another one
     * evens out bookies.
     */
    public CompletionStage<Submission> submit(JobOrder order, long nowMillis) {
        return submit(order, nowMillis, 1);
    }

    private CompletableFuture<Submission> submit(JobOrder order, long nowMillis, int attempt) {
        if (attempt > ATTEMPTS_MAX) {
            throw contended();
        }
        return readIndex()
                .thenCompose(index -> readAll(index.value()).thenCompose(jobs -> {
                    Optional<String> conflict = conflict(order, jobs);
                    if (conflict.isPresent()) {
                        return CompletableFuture.completedFuture(new Submission.Refused(conflict.get()));
                    }
                    Job job = Job.planned(index.value().next(), order, nowMillis);
                    return records.commit(changes(job, index, jobs))
                            .toCompletableFuture()
                            .thenCompose(outcome -> outcome instanceof CommitOutcome.Committed
                                    ? CompletableFuture.completedFuture(new Submission.Accepted(job))
                                    : settle(job, attempt));
                }));
    }

    /** Whether the job lies there after all, when the answer was lost. */
    private CompletableFuture<Submission> settle(Job job, int attempt) {
        return find(job.id())
                .thenCompose(found ->
                        found.filter(stored -> stored.value().order().equals(job.order())
                                                && stored.value().times().created()
                                                        == job.times().created())
                                        .isPresent()
                                ? CompletableFuture.completedFuture(new Submission.Accepted(job))
                                : submit(job.order(), job.times().created(), attempt + 1))
                .toCompletableFuture();
    }

    private static Optional<String> conflict(JobOrder order, List<Versioned<Job>> jobs) {
        for (Versioned<Job> stored : jobs) {
            Job other = stored.value();
            boolean sameBookie = order.leaving().isPresent()
                    && order.leaving().equals(other.order().leaving());
            boolean bothBalance =
                    order.kind() == JobKind.REBALANCE && other.order().kind() == JobKind.REBALANCE;
            if (!other.state().isEnd() && (sameBookie || bothBalance)) {
                return Optional.of("Job " + other.id() + " is under way and does "
                        + (sameBookie
                                ? "something with bookie " + order.leaving().get() + " already"
                                : "the same")
                        + ": wait for its end, or cancel it.");
            }
        }
        return Optional.empty();
    }

    private static List<RecordChange> changes(Job job, Versioned<JobIndex> index, List<Versioned<Job>> jobs) {
        List<Versioned<Job>> ended =
                jobs.stream().filter(stored -> stored.value().state().isEnd()).toList();
        List<Versioned<Job>> forgotten = ended.stream()
                .limit(Math.min(FORGOTTEN_AT_ONCE, Math.max(0, ended.size() - HISTORY)))
                .toList();
        Set<Long> removed = new HashSet<>();
        forgotten.forEach(stored -> removed.add(stored.value().id()));
        byte[] grown = index.value().grown(removed).serialize();
        List<RecordChange> changes = new ArrayList<>();
        changes.add(new RecordChange.Create(key(job.id()), JobFormat.serialize(job)));
        changes.add(
                index.version() < 0
                        ? new RecordChange.Create(INDEX, grown)
                        : new RecordChange.Swap(INDEX, grown, index.version()));
        forgotten.forEach(
                stored -> changes.add(new RecordChange.Delete(key(stored.value().id()), stored.version())));
        return changes;
    }

    /** With a negative version if there is none. */
    private CompletableFuture<Versioned<JobIndex>> readIndex() {
        return records.read(INDEX)
                .thenApply(found -> found.map(
                                stored -> new Versioned<>(JobIndex.parse(stored.value()), stored.version()))
                        .orElseGet(() -> new Versioned<>(JobIndex.EMPTY, -1)))
                .toCompletableFuture();
    }

    private CompletableFuture<List<Versioned<Job>>> readAll(JobIndex index) {
        CompletableFuture<List<Versioned<Job>>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (long id : index.jobs()) {
            all = all.thenCombine(findReadable(id), (before, found) -> {
                found.ifPresent(before::add);
                return before;
            });
        }
        return all;
    }

    /** One record that nobody can read must not hide all others. */
    private CompletionStage<Optional<Versioned<Job>>> findReadable(long id) {
        return records.read(key(id)).thenApply(found -> {
            try {
                return parse(id, found);
            } catch (LedgerException e) {
                LOG.warn("{}", e.getMessage());
                return Optional.empty();
            }
        });
    }

    /** @return empty if there is no such job, or it was forgotten */
    public CompletionStage<Optional<Versioned<Job>>> find(long id) {
        return records.read(key(id)).thenApply(found -> parse(id, found));
    }

    private static Optional<Versioned<Job>> parse(long id, Optional<Versioned<byte[]>> found) {
        return found.map(stored -> new Versioned<>(JobFormat.parse(id, stored.value()), stored.version()));
    }

    /** All jobs that are kept, the oldest first. */
    public CompletionStage<List<Job>> list() {
        return readIndex()
                .thenCompose(index -> readAll(index.value()))
                .thenApply(jobs -> jobs.stream().map(Versioned::value).toList());
    }

    /** @return the new version; empty if the job may have been changed meanwhile, so that it is to be read again */
    public CompletionStage<OptionalLong> save(Job job, long expectedVersion) {
        RecordKey key = key(job.id());
        return records.commit(List.of(new RecordChange.Swap(key, JobFormat.serialize(job), expectedVersion)))
                .thenApply(outcome -> outcome instanceof CommitOutcome.Committed done
                        ? OptionalLong.of(done.versions().getOrDefault(key, -1L))
                        : OptionalLong.empty());
    }

    /**
     * Wants the job to end; one that has ended stays as it is.
     *
     * @return the job then; empty if there is none
     */
    public CompletionStage<Optional<Job>> cancel(long id, long nowMillis) {
        return cancel(id, nowMillis, 1);
    }

    private CompletionStage<Optional<Job>> cancel(long id, long nowMillis, int attempt) {
        if (attempt > ATTEMPTS_MAX) {
            throw contended();
        }
        return find(id).thenCompose(found -> {
            if (found.isEmpty()
                    || found.get().value().state().isEnd()
                    || found.get().value().cancelAsked()) {
                return CompletableFuture.completedFuture(found.map(Versioned::value));
            }
            Job wanted = found.get().value().cancelled(nowMillis);
            return save(wanted, found.get().version())
                    .thenCompose(saved -> saved.isPresent()
                            ? CompletableFuture.completedFuture(Optional.of(wanted))
                            : cancel(id, nowMillis, attempt + 1));
        });
    }

    private static LedgerException contended() {
        return new LedgerException(
                Reason.METADATA_UNAVAILABLE,
                "Jobs could not be changed in " + ATTEMPTS_MAX
                        + " attempts; the metadata service is failing, or somebody changes them all the time.");
    }

    /** Tells the ids of all jobs, now and whenever one comes or goes. */
    public Subscription watchIds(Consumer<List<Long>> listener) {
        return records.watch(
                INDEX,
                found -> listener.accept(
                        found.map(stored -> JobIndex.parse(stored.value()).jobs())
                                .orElseGet(List::of)));
    }

    /** Tells one job, now and after changes. */
    public Subscription watch(long id, Consumer<Optional<Versioned<Job>>> listener) {
        return records.watch(key(id), found -> listener.accept(parse(id, found)));
    }
}
