package dev.daybook.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A program under test: its standard output line by line, its standard error in a file that a failure quotes. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final Path errors;
    private final Thread output;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = new Thread(this::readOutput, "output-of-" + process.pid());
        output.setDaemon(true);
        output.start();
    }

    static ChildProcess start(String name, Path folder, List<String> command) {
        return start(name, folder, command, Map.of());
    }

    /** @param environment besides this process's */
    static ChildProcess start(String name, Path folder, List<String> command, Map<String, String> environment) {
        try {
            Files.createDirectories(folder);
            Path errors = Files.createTempFile(folder, name + "-", ".stderr");
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            builder.redirectError(errors.toFile());
            return new ChildProcess(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readOutput() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("output ended: " + e.getMessage());
        }
    }

    /** Waits for a line of standard output; fails with what the program wrote when it does not come. */
    String awaitLine(Predicate<String> wanted, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        StringBuilder seen = new StringBuilder();
        try {
            while (System.nanoTime() < deadline) {
                String line = lines.poll(200, TimeUnit.MILLISECONDS);
                if (line != null) {
                    if (wanted.test(line)) {
                        return line;
                    }
                    seen.append(line).append('\n');
                } else if (!process.isAlive() && lines.isEmpty()) {
                    throw new AssertionError("exited with " + process.exitValue() + "\n" + seen + errorText());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        throw new AssertionError("no such line within " + timeout + "\n" + seen + errorText());
    }

    /** As {@link #awaitLine} for standard error, which may be one unfinished line. */
    void awaitError(Predicate<String> wanted, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!wanted.test(errorText())) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new AssertionError("not seen on standard error:\n" + errorText());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    void writeLine(String line) {
        try {
            Writer writer = process.outputWriter(StandardCharsets.UTF_8);
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(line + "\n" + errorText(), e);
        }
    }

    String errorText() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return "standard error is unreadable: " + e.getMessage();
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(20));
    }

    /** What a process that has ended had still said, the last line maybe only in part. */
    List<String> lastLines() {
        awaitExit(Duration.ofSeconds(20));
        try {
            output.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        List<String> rest = new ArrayList<>();
        lines.drainTo(rest);
        return rest;
    }

    int awaitExit(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + timeout + "\n" + errorText());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything on standard output of a program that ends with success by itself. */
    String awaitOutput(Duration timeout) {
        int code = awaitExit(timeout);
        try {
            output.join(timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        String text = String.join("\n", lines);
        if (code != 0) {
            throw new AssertionError("exited with " + code + "\n" + text + errorText());
        }
        return text;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
