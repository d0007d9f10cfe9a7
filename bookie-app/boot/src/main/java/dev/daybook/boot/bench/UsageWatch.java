package dev.daybook.boot.bench;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes the counters of processes and machine at the two edges of the measured window, on a thread of its own. */
final class UsageWatch {
    private static final double TICKS_PER_SECOND = 100;

    private final ServerProcesses processes;
    private final Measurement measurement;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "bench-usage");
    private volatile @Nullable Used used;

    UsageWatch(ServerProcesses processes, Measurement measurement) {
        this.processes = processes;
        this.measurement = measurement;
        thread.setDaemon(true);
    }

    /**
     * What the measured processes, this one and everybody else used.
     *
     * @param serverCpuSeconds user and system time of the measured processes
     * @param residentBytes of them at the end, mapped files included
     * @param anonymousBytes the part of it that is heap, direct memory and stacks
     * @param serverWrittenBytes what they handed to the block layer: dirtied pages of the page cache, and direct writes
     * @param diskWrittenBytes what reached the disks from anybody, the file system's own journal included
     * @param otherCores processor time of processes that take no part, and of the host, divided by the window
     */
    record Used(
            double seconds,
            double serverCpuSeconds,
            double clientCpuSeconds,
            long residentBytes,
            long anonymousBytes,
            long serverReadBytes,
            long serverWrittenBytes,
            long diskReadBytes,
            long diskWrittenBytes,
            long diskFlushes,
            double otherCores) {}

    void start() {
        if (ProcFiles.exist()) {
            thread.start();
        }
    }

    /** @return absent where the system has no such counters, or the window was never reached */
    @Nullable
    Used finish() throws InterruptedException {
        ended.countDown();
        if (ProcFiles.exist()) {
            thread.join();
        }
        return used;
    }

    private void watch() {
        try {
            if (ended.await(measurement.fromNanos() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return;
            }
            Sample first = sample();
            while (!measurement.isOver(System.nanoTime())) {
                if (ended.await(measurement.nanosLeft(System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    break;
                }
            }
            used = difference(first, sample());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Sample(
            long nanos,
            ProcFiles.ProcessCounters servers,
            ProcFiles.ProcessCounters self,
            long knownTicks,
            ProcFiles.MachineCounters machine) {}

    private Sample sample() {
        return new Sample(
                System.nanoTime(),
                sum(processes.measured()),
                ProcFiles.process("self"),
                sum(processes.known()).ticks(),
                ProcFiles.machine());
    }

    private static ProcFiles.ProcessCounters sum(List<Long> pids) {
        ProcFiles.ProcessCounters all = ProcFiles.ProcessCounters.NONE;
        for (long pid : pids) {
            ProcFiles.ProcessCounters one = ProcFiles.process(Long.toString(pid));
            all = new ProcFiles.ProcessCounters(
                    all.ticks() + one.ticks(),
                    all.residentBytes() + one.residentBytes(),
                    all.anonymousBytes() + one.anonymousBytes(),
                    all.readBytes() + one.readBytes(),
                    all.writtenBytes() + one.writtenBytes());
        }
        return all;
    }

    private static Used difference(Sample a, Sample b) {
        double seconds = (b.nanos() - a.nanos()) / 1e9;
        long server = b.servers().ticks() - a.servers().ticks();
        long client = b.self().ticks() - a.self().ticks();
        long known = b.knownTicks() - a.knownTicks();
        long busy = b.machine().busyTicks() - a.machine().busyTicks();
        return new Used(
                seconds,
                server / TICKS_PER_SECOND,
                client / TICKS_PER_SECOND,
                b.servers().residentBytes(),
                b.servers().anonymousBytes(),
                b.servers().readBytes() - a.servers().readBytes(),
                b.servers().writtenBytes() - a.servers().writtenBytes(),
                b.machine().diskReadBytes() - a.machine().diskReadBytes(),
                b.machine().diskWrittenBytes() - a.machine().diskWrittenBytes(),
                b.machine().diskFlushes() - a.machine().diskFlushes(),
                Math.max(0, busy - server - client - known) / TICKS_PER_SECOND / seconds);
    }
}
