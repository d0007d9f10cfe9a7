package dev.daybook.boot.bench;

import dev.daybook.client.LedgerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of operations outstanding per lane, a lane being one ledger with a thread of its own, until the time
 * is over or the first one fails.
 */
final class BenchRun {
    private final Measurement measurement;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    BenchRun(Duration warmup, Duration measured) {
        long start = System.nanoTime() + warmup.toNanos();
        this.measurement = new Measurement(start, start + measured.toNanos());
    }

    /** One submission; completes when its answer is there. */
    interface Operation {
        CompletionStage<Amount> submit();
    }

    /** What one operation moved. */
    record Amount(long entries, long bytes) {}

    /** @throws LedgerException the first failure */
    Measurement run(List<? extends Operation> lanes, int outstandingPerLane) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Operation lane : lanes) {
            Thread thread = new Thread(() -> drive(lane, outstandingPerLane), "bench-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw rethrown(failed);
        }
        return measurement;
    }

    private void drive(Operation lane, int outstandingMax) {
        Semaphore outstanding = new Semaphore(outstandingMax);
        try {
            while (failure.get() == null && !measurement.isOver(System.nanoTime())) {
                outstanding.acquire();
                long start = System.nanoTime();
                lane.submit().whenComplete((amount, error) -> {
                    if (error != null) {
                        failure.compareAndSet(null, error);
                    } else {
                        measurement.completed(start, System.nanoTime(), amount.entries(), amount.bytes());
                    }
                    outstanding.release();
                });
            }
            outstanding.acquire(outstandingMax);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private static RuntimeException rethrown(Throwable failed) {
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        return cause instanceof LedgerException ledger ? ledger : new IllegalStateException(cause);
    }
}
