package dev.daybook.boot.bench;

import dev.daybook.client.LedgerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of operations outstanding until the run is over or the first one fails. A few threads submit; each
 * goes round its share of the lanes, so that entries of many ledgers come interleaved.
 */
final class BenchRun {
    private final Load load;
    private final Measurement measurement;
    private final UsageWatch watch;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private BenchRun(Load load, ServerProcesses processes) {
        this.load = load;
        this.measurement = Measurement.begin(load, System.nanoTime());
        this.watch = new UsageWatch(processes, measurement);
    }

    /** One submission; completes when its answer is there. Called by one thread at a time. */
    interface Operation {
        CompletionStage<Amount> submit();
    }

    /** What one operation moved. */
    record Amount(long entries, long bytes) {}

    /** @throws LedgerException the first failure */
    static BenchResult run(Load load, ServerProcesses processes, List<? extends Operation> lanes)
            throws InterruptedException {
        return new BenchRun(load, processes).run(lanes);
    }

    private BenchResult run(List<? extends Operation> lanes) throws InterruptedException {
        int count = Math.min(
                Math.min(lanes.size(), load.outstanding()), Runtime.getRuntime().availableProcessors());
        List<Thread> threads = new ArrayList<>();
        watch.start();
        for (int i = 0; i < count; i++) {
            List<Operation> mine = new ArrayList<>();
            for (int lane = i; lane < lanes.size(); lane += count) {
                mine.add(lanes.get(lane));
            }
            Share share = new Share(
                    List.copyOf(mine),
                    part(load.outstanding(), i, count),
                    load.operationsPerSecond() / count,
                    part(load.operationsMax(), i, count));
            Thread thread = new Thread(() -> drive(share), "bench-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        measurement.finish(System.nanoTime());
        UsageWatch.Used used = watch.finish();
        Throwable failed = failure.get();
        if (failed != null) {
            throw rethrown(failed);
        }
        return new BenchResult(measurement, used);
    }

    private static int part(long whole, int index, int count) {
        return Math.toIntExact(whole / count + (index < whole % count ? 1 : 0));
    }

    /** What one thread does. */
    private record Share(List<Operation> lanes, int outstandingMax, double operationsPerSecond, long operationsMax) {}

    private void drive(Share share) {
        Semaphore outstanding = new Semaphore(share.outstandingMax());
        long begin = System.nanoTime();
        int lane = 0;
        long measured = 0;
        try {
            for (long n = 0; goesOn(share, measured); n++) {
                long due = share.operationsPerSecond() > 0
                        ? awaitDue(begin + (long) (n * 1e9 / share.operationsPerSecond()))
                        : 0;
                outstanding.acquire();
                long start = share.operationsPerSecond() > 0 ? due : System.nanoTime();
                measured += measurement.isWarm(start) ? 1 : 0;
                Operation operation = share.lanes().get(lane);
                lane = lane + 1 == share.lanes().size() ? 0 : lane + 1;
                operation.submit().whenComplete((amount, error) -> {
                    if (error != null) {
                        failure.compareAndSet(null, error);
                    } else {
                        measurement.completed(start, System.nanoTime(), amount.entries(), amount.bytes());
                    }
                    outstanding.release();
                });
            }
            outstanding.acquire(share.outstandingMax());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private boolean goesOn(Share share, long measured) {
        return failure.get() == null
                && !measurement.isOver(System.nanoTime())
                && (!load.endsByCount() || measured < share.operationsMax());
    }

    private static long awaitDue(long dueNanos) {
        for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return dueNanos;
    }

    private static RuntimeException rethrown(Throwable failed) {
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        return cause instanceof LedgerException ledger ? ledger : new IllegalStateException(cause);
    }
}
