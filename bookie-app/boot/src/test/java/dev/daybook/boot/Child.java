package dev.daybook.boot;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program in a process of its own. Its standard error goes to a file. */
final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final BufferedReader out;

    private Child(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Runs the classes of this build as {@code daybook ARGUMENTS}. */
    static Child daybook(Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                shippedClasses(),
                "dev.daybook.boot.DaybookMain"));
        command.addAll(List.of(arguments));
        return start(folder, environment, command);
    }

    /** Without classes and settings of tests, those for logging above all. */
    private static String shippedClasses() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Child start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path errors = Files.createTempFile(folder, "stderr", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            return new Child(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line on standard output; empty if the process ended without one. */
    String firstLine() throws IOException {
        String line = out.readLine();
        return line == null ? "" : line;
    }

    List<String> remainingLines() {
        return out.lines().toList();
    }

    /** The value of {@code name=} in a ready line. */
    static String valueOf(String name, String readyLine) {
        Matcher matcher =
                Pattern.compile("(?: |^)" + Pattern.quote(name) + "=(\\S+)").matcher(readyLine);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in: " + readyLine);
        }
        return matcher.group(1);
    }

    /** Sends SIGTERM; the streams stay open. */
    void terminate() {
        process.toHandle().destroy();
    }

    long pid() {
        return process.pid();
    }

    int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; it said: " + errors());
        }
        return process.exitValue();
    }

    /** Waits until standard error has the text. */
    void awaitError(String wanted) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!errors().contains(wanted)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("did not say \"" + wanted + "\", but: " + errors());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
