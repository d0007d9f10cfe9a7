package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.boot.bookie.BookieApplication;
import dev.daybook.boot.zookeeper.ZooKeeperRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bookie with an HTTP port, and how its operators ask it. */
abstract class AdminApiBed {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    static ZooKeeperRole zooKeeper;
    static ConfigurableApplicationContext bookie;
    static String uri;
    static String port;
    static String token;

    @BeforeAll
    static void startBookie() throws IOException {
        zooKeeper = ZooKeeperRole.start("127.0.0.1", 0, folder.resolve("zookeeper"));
        uri = "zk+longhierarchical://127.0.0.1:" + zooKeeper.port() + "/ledgers";
        bookie = BookieApplication.start(List.of(
                "--daybook.metadata-uri=" + uri,
                "--daybook.bookie.port=0",
                "--daybook.bookie.id=bookie-1",
                "--daybook.bookie.advertised-address=127.0.0.1",
                "--daybook.bookie.data-dir=" + folder.resolve("data"),
                "--daybook.console.password=hunter2",
                "--daybook.bookie.http.port=0"));
        port = bookie.getEnvironment().getRequiredProperty("local.server.port");
        token = Files.readString(folder.resolve("data/admin-token")).strip();
    }

    @AfterAll
    static void stopBookie() throws IOException {
        bookie.close();
        zooKeeper.close();
    }

    static String ledger(String password) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), password);
        Ran written = Ran.daybook(
                "one\ntwo\n",
                "ledger",
                "write",
                "--json",
                "--metadata-uri",
                uri,
                "--ensemble=1",
                "--write-quorum=1",
                "--ack-quorum=1",
                "--ledger-password-file",
                file.toString());
        return written.json().get(0).get("ledger").asString();
    }

    static JsonNode json(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(get(path));
    }

    static String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send("GET", path, "Bearer " + token, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    static String admin(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send(method, path, "Bearer " + token, body);
        return response.statusCode() + " " + response.body();
    }

    static HttpResponse<String> send(String method, String path, @Nullable String authorization, String body)
            throws IOException, InterruptedException {
        BodyPublisher publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, publisher);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
