package dev.daybook.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own: a thread that is left behind would keep it from ending. */
class StartupFailureTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void anUnreachableClusterEndsTheProcess() throws IOException, InterruptedException {
        String uri = "zk://127.0.0.1:" + closedPort() + "/ledgers";

        String output = outputOfFailure("--daybook.metadata-uri=" + uri, "--daybook.client.connect-timeout=1s");

        assertThat(output)
                .contains("could not connect to the cluster at " + uri)
                .contains("daybook.metadata-uri")
                .doesNotContain("\tat ");
    }

    @Test
    void aWrongPropertyEndsTheProcess() throws IOException, InterruptedException {
        String output = outputOfFailure("--daybook.metadata-uri=localhost");

        assertThat(output)
                .contains("daybook.metadata-uri cannot be used: \"localhost\"")
                .doesNotContain("\tat ");
    }

    private String outputOfFailure(String... options) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                QuickstartApplication.class.getName());
        builder.command().addAll(java.util.List.of(options));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the process ends")
                    .isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
