package dev.daybook.server.autorecovery;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.core.audit.Search;
import dev.daybook.core.effect.Dice;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.metrics.RecoveryMetrics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Auto-recovery in this process: a worker, and a candidate for the office of auditor, or one of them. It has a session with the metadata
 * service of its own, which is made anew when it is lost: locks and office are gone then, and both are asked for again.
 * Thread-safe. Source: auto-recovery specification.
 */
public final class AutoRecovery implements AutoCloseable {
    private final LoopThread loop = new LoopThread("daybook-autorecovery");
    private final LoopLedgerClient client;
    private final ReplicationWorker worker;
    private final WorkerPresence presence;
    private final AuditorOffice office;
    private final AtomicBoolean closed = new AtomicBoolean();

    private AutoRecovery(
            AutoRecoveryConfig config, LoopLedgerClient client, MetadataStore store, RecoveryMetrics metrics) {
        this.client = client;
        LedgerRepairs repairs = client.repairs();
        Dice dice = new Dice(ThreadLocalRandom.current().nextLong());
        this.worker = new ReplicationWorker(loop, store, repairs, config, metrics, dice);
        this.presence = new WorkerPresence(loop, store.repairs(), worker, config, dice);
        JobMeans means = new JobMeans(loop, store, client.admin(), repairs, config);
        this.office = new AuditorOffice(
                loop,
                store,
                repairs,
                config,
                metrics,
                (term, elected) -> TermDuty.both(
                        new AuditDesk(loop, store, config.name(), term, elected::activity, elected::demand),
                        new JobDesk(means, term)));
    }

    /**
     * Begins to work.
     *
     * @param clientConfig how bookies are reached and chosen
     * @param store a session of its own; belongs to auto-recovery from now on
     */
    public static AutoRecovery start(
            AutoRecoveryConfig config, ClientConfig clientConfig, MetadataStore store, RecoveryMetrics metrics) {
        LoopLedgerClient client;
        try {
            client = new LoopLedgerClient(clientConfig, store, ClientMetrics.NONE);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        AutoRecovery begun = new AutoRecovery(config, client, store, metrics);
        if (config.duties().contains(Duty.REPAIR)) {
            begun.loop.execute(begun.presence::start);
            begun.loop.execute(begun.worker::start);
        }
        if (config.duties().contains(Duty.AUDIT)) {
            begun.loop.execute(begun.office::start);
        }
        return begun;
    }

    /**
     * What the worker does, and why it does not do more.
     *
     * @param limit of ledgers that are told of
     */
    public CompletionStage<RepairActivity> repairs(int limit) {
        return onLoop(() -> worker.activity(limit));
    }

    /** What this process does as the auditor, if it is. */
    public CompletionStage<AuditActivity> audit() {
        return onLoop(office::activity);
    }

    /**
     * Searches now, or after the search that is under way; only the auditor does.
     *
     * @return false if this process is not the auditor
     */
    public CompletionStage<Boolean> search(Search search) {
        return onLoop(() -> office.demand(search));
    }

    /** From now on, if the cluster's limits leave so many to this worker; repairs that were begun go on. */
    public void limitLedgersAtOnce(int ledgers) {
        if (ledgers < 1) {
            throw new IllegalArgumentException("a worker repairs one ledger at once or more, was " + ledgers);
        }
        loop.execute(() -> presence.ownLedgersAtOnce(ledgers));
    }

    /** @param bytes per second that all repairs together may read from now on; 0 for no limit */
    public void limitBytesPerSecond(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes per second must not be negative, was " + bytes);
        }
        loop.execute(() -> presence.ownBytesPerSecond(bytes));
    }

    private <T> CompletionStage<T> onLoop(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(question.get()));
        if (closed.get()) {
            answer.completeExceptionally(new IllegalStateException("auto-recovery has ended"));
        }
        return answer;
    }

    /** Gives up the office, then ends repairs under way and the session, which gives back every lock. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            loop.execute(office::stop);
            loop.execute(presence::stop);
            loop.execute(worker::stop);
            loop.close();
            client.close();
        }
    }
}
