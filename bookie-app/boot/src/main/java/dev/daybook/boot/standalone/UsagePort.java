package dev.daybook.boot.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.admin.BookieUsageJson;
import dev.daybook.server.BookieServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP port of one bookie among several in this process: only what the console reads. It is open before its bookie,
 * because the bookie publishes it.
 */
final class UsagePort implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService thread;
    private final AtomicReference<@Nullable BookieServer> bookie = new AtomicReference<>();

    private UsagePort(HttpServer http, ExecutorService thread) {
        this.http = http;
        this.thread = thread;
    }

    static UsagePort open() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "bookie-usage");
            daemon.setDaemon(true);
            return daemon;
        });
        UsagePort port = new UsagePort(http, thread);
        http.createContext(BookieUsage.PATH, port::answer);
        http.setExecutor(thread);
        http.start();
        return port;
    }

    int port() {
        return http.getAddress().getPort();
    }

    void show(BookieServer server) {
        bookie.set(server);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<BookieServer> running = Optional.ofNullable(bookie.get()).filter(BookieServer::isRunning);
            if (running.isEmpty()) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            byte[] json = BookieUsageJson.write(running.get().usage()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        thread.shutdownNow();
    }
}
