package dev.daybook.bench.compare;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process of the comparison. None outlives this program. */
final class Child {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final long STOP_SECONDS = 120;
    private static final long LOOK_MILLIS = 5;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param log appended with all that the process writes */
    static Child start(Bookies.Launch launch, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(launch.command());
            builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(launch.environment());
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.redirectInput(new File("/dev/null"));
            Process process = builder.start();
            RUNNING.add(process);
            return new Child(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Child start(List<String> command, Path log) {
        return start(new Bookies.Launch(command, Map.of()), log);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, which lets a bookie flush, and returns what it had written some milliseconds before its end. */
    long stopWatched() throws InterruptedException {
        process.destroy();
        long written = 0;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        do {
            written = Math.max(written, Machine.writtenBytes(pid()));
        } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() - deadline < 0);
        await(0);
        return written;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        await(STOP_SECONDS);
    }

    /** As {@link #kill}, for cleaning up: an interruption is kept for later. */
    void end() {
        process.destroyForcibly();
        try {
            await(STOP_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws IllegalStateException if it failed or does not end; with the end of its log */
    void expectSuccess(long seconds) throws InterruptedException {
        await(seconds);
        if (process.exitValue() != 0) {
            throw new IllegalStateException("exited with " + process.exitValue() + ": " + logEnd());
        }
    }

    /** As {@link #expectSuccess}, and returns the processor time that the process used. */
    double expectSuccessWatched() throws InterruptedException {
        double cpu = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            cpu = process.info()
                    .totalCpuDuration()
                    .map(used -> used.toMillis() / 1e3)
                    .orElse(cpu);
        }
        expectSuccess(0);
        return cpu;
    }

    private void await(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running after " + seconds + " s: " + logEnd());
        }
        RUNNING.remove(process);
    }

    String logEnd() {
        try {
            List<String> lines = Files.readAllLines(log);
            return log + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read: " + e;
        }
    }
}
