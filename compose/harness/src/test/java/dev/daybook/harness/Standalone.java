package dev.daybook.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The whole platform in one child process, started as a user does, on free ports. */
final class Standalone implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Process process;
    private final String readyLine;

    private Standalone(Process process, String readyLine) {
        this.process = process;
        this.readyLine = readyLine;
    }

    /** Returns when the ready line was printed; fails with what the process wrote when it does not come. */
    static Standalone start(Path folder) throws IOException, InterruptedException {
        Path errors = folder.resolve("standalone.stderr");
        ProcessBuilder builder = new ProcessBuilder(
                        SourceTree.root().resolve("bookie-app/bin/daybook").toString(),
                        "standalone",
                        "--data-dir",
                        folder.resolve("data").toString(),
                        "--zookeeper-port=0",
                        "--bookie-port=0",
                        "--console-port=0")
                .redirectError(errors.toFile());
        builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        try {
            String line = CompletableFuture.supplyAsync(() -> output.lines()
                            .filter(candidate -> candidate.startsWith("daybook standalone ready "))
                            .findFirst()
                            .orElse(""))
                    .get(START.toSeconds(), TimeUnit.SECONDS);
            if (!line.isEmpty()) {
                return new Standalone(process, line);
            }
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new AssertionError("no ready line\n" + Files.readString(errors), e);
        }
        process.destroyForcibly();
        throw new AssertionError("ended without a ready line\n" + Files.readString(errors));
    }

    String metadataUri() {
        return value("metadata-uri");
    }

    String consoleUrl() {
        return value("console");
    }

    String consoleUser() {
        return value("console-user");
    }

    String consolePassword() throws IOException {
        return Files.readString(Path.of(value("console-password-file"))).strip();
    }

    private String value(String key) {
        for (String word : readyLine.split(" ", -1)) {
            if (word.startsWith(key + "=")) {
                return word.substring(key.length() + 1);
            }
        }
        throw new AssertionError("no " + key + " in: " + readyLine);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running " + STOP + " after it was asked to stop");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
