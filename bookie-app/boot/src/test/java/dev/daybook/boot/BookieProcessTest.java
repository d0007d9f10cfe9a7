package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.boot.zookeeper.ZooKeeperRole;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bookie role as operators and scripts meet it: a process with a ready line, an exit code and sentences. */
class BookieProcessTest {
    @TempDir
    static Path zooKeeperFolder;

    private static ZooKeeperRole zooKeeper;

    @TempDir
    Path folder;

    @BeforeAll
    static void startZooKeeper() {
        zooKeeper = ZooKeeperRole.start("127.0.0.1", 0, zooKeeperFolder);
    }

    @AfterAll
    static void stopZooKeeper() throws IOException {
        zooKeeper.close();
    }

    @Test
    void servesStopsCleanlyAndKnowsItsFolderAgain() throws Exception {
        String port;
        try (Child bookie = bookie("0", "--http-port", "0")) {
            String ready = bookie.firstLine();
            port = Child.valueOf("port", ready);
            assertThat(ready).startsWith("daybook bookie ready id=127.0.0.1:" + port + " port=" + port + " http=");
            String http = Child.valueOf("http", ready);
            assertThat(get(http, "/actuator/health")).contains("\"status\":\"UP\"", "WRITABLE", "journal");
            assertThat(get(http, "/api/v1/bookie/usage")).contains("\"bookie\":\"127.0.0.1:" + port + "\"");
            assertThat(get(http, "/actuator/prometheus")).contains("daybook_bookie_connections");
            takesCommands(
                    http,
                    "Bearer "
                            + Files.readString(folder.resolve("data/admin-token"))
                                    .strip());

            closesAConnectionThatSendsGarbage(Integer.parseInt(port));
            bookie.terminate();
            assertThat(bookie.exitCode()).isEqualTo(143);
            assertThat(bookie.remainingLines()).isEmpty();
            assertThat(bookie.errors()).containsOnlyOnce("Closed the connection from /127.0.0.1:");
        }
        try (Child again = bookie(port)) {
            assertThat(again.firstLine()).contains("id=127.0.0.1:" + port);
        }
        try (Child other = bookie("0")) {
            refused(other, "belongs to the bookie \"127.0.0.1:" + port + "\"", "--data-dir");
        }
    }

    private static void takesCommands(String http, String token) throws IOException, InterruptedException {
        assertThat(post(http, "Bearer wrong", "/api/v1/bookie/scrub")).startsWith("401 ");
        assertThat(get(http, "/api/v1/bookie/limbo")).contains("\"status\":401");
        assertThat(post(http, token, "/api/v1/bookie/scrub")).isEqualTo("202 {\"state\":\"requested\"}");

        assertThat(get(http, "/api/v1/bookie/refill")).contains("\"status\":401");
        assertThat(post(http, token, "/api/v1/bookie/refill")).isEqualTo("202 {\"state\":\"requested\"}");

        assertThat(post(http, token, "/api/v1/bookie/gc?may-delete-all=true")).isEqualTo("202 {\"state\":\"started\"}");
        assertThat(post(http, token, "/api/v1/bookie/gc?compact=some")).startsWith("400 ");
        assertThat(post(http, token, "/api/v1/bookie/compaction/minor/suspend")).startsWith("202 ");
        assertThat(get(http, "/api/v1/bookie/usage")).contains("\"minor\":\"OPERATOR\",\"major\":\"NOBODY\"");
        assertThat(post(http, token, "/api/v1/bookie/gc?compact=major,minor"))
                .isEqualTo("409 {\"problem\":\"The minor compaction is suspended: resume it first.\"}");
        assertThat(post(http, token, "/api/v1/bookie/compaction/minor/resume")).startsWith("202 ");
        assertThat(post(http, token, "/api/v1/bookie/gc?compact=major,minor")).startsWith("202 ");
    }

    @Test
    void aPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Child bookie = bookie(Integer.toString(taken.getLocalPort()))) {
            refused(bookie, ":" + taken.getLocalPort(), "--port");
        }
    }

    @Test
    void anHttpPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Child bookie = bookie("0", "--http-port", Integer.toString(taken.getLocalPort()))) {
            refused(bookie, "HTTP port " + taken.getLocalPort(), "--http-port");
        }
    }

    @Test
    void anUnreachableMetadataService() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Child bookie = Child.daybook(
                        folder,
                        Map.of("DAYBOOK_BOOKIE_CONNECTTIMEOUT", "500ms"),
                        "bookie",
                        "--metadata-uri",
                        "zk+longhierarchical://127.0.0.1:" + silent.getLocalPort() + "/ledgers",
                        "--port",
                        "0",
                        "--data-dir",
                        "data",
                        "--advertised-address",
                        "127.0.0.1")) {
            refused(bookie, "127.0.0.1:" + silent.getLocalPort(), "daybook.metadata-uri");
        }
    }

    @Test
    void wrongSettingsNameTheProperty() throws Exception {
        Files.writeString(folder.resolve("daybook-bookie.properties"), "daybook.bookie.gc-interval=often\n");
        try (Child bookie = bookie("0")) {
            refused(bookie, "daybook.bookie.gc-interval", "\"often\"");
        }
    }

    @Test
    void aWrongCommandLine() throws Exception {
        try (Child bookie = Child.daybook(folder, Map.of(), "bookie", "--port", "many")) {
            refused(bookie, "--port", "'many'", "daybook bookie --help");
        }
    }

    private Child bookie(String port, String... more) {
        String[] arguments = {
            "bookie",
            "--metadata-uri",
            "zk+longhierarchical://127.0.0.1:" + zooKeeper.port() + "/ledgers",
            "--port",
            port,
            "--data-dir",
            "data",
            "--advertised-address",
            "127.0.0.1"
        };
        String[] all = new String[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Child.daybook(folder, Map.of(), all);
    }

    /** One sentence on standard error, nothing on standard output, exit code 2. */
    private static void refused(Child child, String... parts) throws Exception {
        assertThat(child.exitCode()).isEqualTo(2);
        assertThat(child.firstLine()).isEmpty();
        assertThat(child.errors().lines())
                .hasSize(1)
                .allSatisfy(line ->
                        assertThat(line).startsWith("daybook: ").endsWith(".").contains(parts));
    }

    private static void closesAConnectionThatSendsGarbage(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private static String post(String port, String token, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static String get(String port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
