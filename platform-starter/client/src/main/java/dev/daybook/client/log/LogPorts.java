package dev.daybook.client.log;

import dev.daybook.client.meta.RecordStore;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Everything that logs need of the world around them.
 *
 * @param owner runs one task at a time, in order: all state of writers belongs to it. It may have to wait for room in the
 *     client, so it is not the executor of callbacks
 * @param callbacks on which the application's stages complete
 * @param isCallback whether the caller is on the thread of callbacks, and must not wait for them
 * @param clockMillis since 1970
 * @param dice random numbers for marks of owners
 * @param later runs tasks after a while
 */
public record LogPorts(
        LogLedgers ledgers,
        RecordStore records,
        Executor owner,
        Executor callbacks,
        BooleanSupplier isCallback,
        LongSupplier clockMillis,
        LongSupplier dice,
        Later later) {
    /** Runs a task after some milliseconds, on any thread. */
    public interface Later {
        void run(Runnable task, long millis);
    }
}
