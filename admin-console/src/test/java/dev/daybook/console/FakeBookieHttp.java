package dev.daybook.console;

import com.sun.net.httpserver.HttpServer;
import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.admin.BookieUsageJson;
import dev.daybook.protocol.model.BookieEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP port of a bookie, on loopback. It says what the test tells it to, or nothing at all. */
public final class FakeBookieHttp implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    public volatile int status = 200;
    public volatile String body = "";
    public volatile boolean silent;

    public FakeBookieHttp() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext(BookieUsage.PATH, exchange -> {
            if (silent) {
                return; // The exchange stays open until the server stops.
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    public FakeBookieHttp tells(BookieUsage usage) {
        body = BookieUsageJson.write(usage);
        return this;
    }

    public BookieEndpoint endpoint() {
        return new BookieEndpoint(
                "http", "127.0.0.1", server.getAddress().getPort(), BookieEndpoint.HTTP, List.of(), List.of());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
