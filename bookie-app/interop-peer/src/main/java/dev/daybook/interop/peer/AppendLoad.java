package dev.daybook.interop.peer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Appends entries of one size to one ledger through whatever client, with so many outstanding, and tells what the
 * client's process spent. It knows the JDK only, so that it runs on the class path of any client.
 *
 * @param outstanding appends without an answer at most
 * @param entryBytes of each
 * @param warmEntries not measured
 * @param entries measured
 * @param result gets a line {@code name value} for each figure
 */
public record AppendLoad(int outstanding, int entryBytes, long warmEntries, long entries, Path result) {
    private static final double THOUSAND = 1e3;
    private static final double BILLION = 1e9;

    /** One open ledger of some client. */
    public interface Ledger {
        /** Begins an append. The payload does not change any more. */
        void append(byte[] payload, Completion completion);
    }

    /** To be told by the client, on any thread, once. */
    public interface Completion {
        void completed();

        void failed(String why);
    }

    /** @param words five, in the order of the components, from the given index on */
    public static AppendLoad parse(String[] words, int first) {
        return new AppendLoad(
                Integer.parseInt(words[first]),
                Integer.parseInt(words[first + 1]),
                Long.parseLong(words[first + 2]),
                Long.parseLong(words[first + 3]),
                Path.of(words[first + 4]));
    }

    /** @throws IllegalStateException if an append fails */
    public void run(Ledger ledger) throws InterruptedException, IOException {
        byte[] payload = new byte[entryBytes];
        new Random(1).nextBytes(payload);
        Window window = new Window(outstanding);
        window.append(ledger, payload, warmEntries);
        Spent before = Spent.now();
        window.append(ledger, payload, entries);
        Spent after = Spent.now();
        Files.write(
                result,
                List.of(
                        line("entriesPerSecond", entries * BILLION / (after.nanos() - before.nanos())),
                        line("clientCpuMicrosPerEntry", (after.cpuNanos() - before.cpuNanos()) / THOUSAND / entries),
                        line(
                                "clientAllocatedBytesPerEntry",
                                (double) (after.allocatedBytes() - before.allocatedBytes()) / entries)));
    }

    private static String line(String name, double value) {
        return String.format(Locale.ROOT, "%s %.3f", name, value);
    }

    /** What this process has spent; threads that have ended no longer count, so nobody may end between two looks. */
    private record Spent(long nanos, long cpuNanos, long allocatedBytes) {
        static Spent now() {
            OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = 0;
            for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
                allocated += Math.max(0, bytes);
            }
            return new Spent(System.nanoTime(), process.getProcessCpuTime(), allocated);
        }
    }

    /** Completions are shared, so that the load itself allocates nothing per append. */
    private static final class Window implements Completion {
        private final int outstanding;
        private final Semaphore free;
        private final AtomicReference<String> failure = new AtomicReference<>();

        Window(int outstanding) {
            this.outstanding = outstanding;
            this.free = new Semaphore(outstanding);
        }

        void append(Ledger ledger, byte[] payload, long entries) throws InterruptedException {
            for (long i = 0; i < entries && failure.get() == null; i++) {
                free.acquire();
                ledger.append(payload, this);
            }
            free.acquire(outstanding);
            free.release(outstanding);
            if (failure.get() != null) {
                throw new IllegalStateException("an append failed: " + failure.get());
            }
        }

        @Override
        public void completed() {
            free.release();
        }

        @Override
        public void failed(String why) {
            failure.compareAndSet(null, why);
            free.release();
        }
    }
}
