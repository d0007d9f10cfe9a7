package dev.daybook.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Brings the compose topology up from the files a user has, writes, kills a bookie, reads everything, takes it down. */
@ContainersAvailable
class ComposeTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Pattern LEDGER = Pattern.compile("ledger\\s+(\\d+)", Pattern.CASE_INSENSITIVE);

    private final Path root = SourceTree.root();
    private final String project = "daybook" + ProcessHandle.current().pid();
    private final int consolePort = freePort();
    private final Shell shell = new Shell(root)
            .with("DAYBOOK_BASE_IMAGE", baseImage())
            .with("DAYBOOK_CONSOLE_PORT", Integer.toString(consolePort));

    @BeforeEach
    void up() {
        compose("up", "--build", "-d");
    }

    @AfterEach
    void down() {
        compose("down", "--volumes", "--timeout", "10");
    }

    @Test
    void whatWasWrittenIsReadAfterABookieDied() throws Exception {
        awaitReady("zookeeper", "bookie1", "bookie2", "bookie3", "console");
        String written = quickstart();
        assertThat(written).contains("match the input");
        String ledger = ledgerOf(written);

        compose("kill", "-s", "SIGKILL", "bookie2");

        assertThat(quickstart("--verify-ledger=" + ledger)).contains("match the input");
        assertThat(quickstart("--daybook.ledger.ensemble-size=2", "--daybook.ledger.write-quorum=2"))
                .contains("match the input");
        assertThat(consoleAnswers()).isEqualTo(200);

        compose("up", "-d");
        awaitReady("bookie2");
        assertThat(quickstart("--verify-ledger=" + ledger)).contains("match the input");
    }

    /** The sample in the network of the bookies, as an application would run. */
    private String quickstart(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "run",
                "--rm",
                "--network",
                project + "_default",
                "--volume",
                root.resolve("samples/quickstart/target/quickstart.jar") + ":/quickstart.jar:ro",
                "--entrypoint",
                "java",
                "daybook:local",
                "-jar",
                "/quickstart.jar",
                "--daybook.metadata-uri=zk+longhierarchical://zookeeper:2181/ledgers"));
        command.addAll(List.of(arguments));
        return shell.run(LONG, command);
    }

    private static String ledgerOf(String output) {
        Matcher matcher = LEDGER.matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        return matcher.group(1);
    }

    private String compose(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker-compose", "-p", project, "-f", "compose/compose.yaml"));
        command.addAll(List.of(arguments));
        return shell.run(LONG, command);
    }

    /** Every role prints one ready line; a restarted container prints it once more. */
    private void awaitReady(String... services) throws InterruptedException {
        for (String service : services) {
            long deadline = System.nanoTime() + LONG.toNanos();
            while (!isReady(service)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(service + " did not become ready:\n" + compose("logs", service));
                }
                java.util.concurrent.TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private boolean isReady(String service) {
        String container = compose("ps", "-q", service).strip();
        if (container.isEmpty()) {
            return false;
        }
        String started = shell.run(LONG, List.of("docker", "inspect", "--format", "{{.State.StartedAt}}", container));
        return shell.run(LONG, List.of("docker", "logs", "--since", started.strip(), container))
                .contains(" ready");
    }

    private int consoleAnswers() throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + consolePort + "/login"))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.body()).contains("Daybook");
        return response.statusCode();
    }

    private String baseImage() {
        String given = System.getenv("DAYBOOK_BASE_IMAGE");
        return given != null
                ? given
                : new Shell(root)
                        .run(LONG, List.of("compose/images/make-base-image"))
                        .strip();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
