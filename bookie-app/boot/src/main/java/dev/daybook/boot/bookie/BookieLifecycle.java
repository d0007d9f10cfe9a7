package dev.daybook.boot.bookie;

import dev.daybook.boot.admin.RunningBookie;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.boot.role.SoftwareVersion;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.BookieExit;
import dev.daybook.server.BookieServer;
import dev.daybook.server.BookieServerConfig.HttpAddress;
import dev.daybook.server.MetadataConnector;
import dev.daybook.server.StartOutcome;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/** Starts the bookie when the HTTP port is known, and stops it before that port closes. */
final class BookieLifecycle implements SmartLifecycle, RunningBookie {
    /** After the web server, whose phase is {@code Integer.MAX_VALUE - 2048}. */
    static final int PHASE = Integer.MAX_VALUE - 1024;

    private final BookieProperties properties;
    private final MetadataConnector metadata;
    private final BookieMetrics metrics;
    private final Environment environment;
    private final CompletableFuture<BookieExit> ended = new CompletableFuture<>();
    private volatile @Nullable BookieServer server;

    BookieLifecycle(
            BookieProperties properties, MetadataConnector metadata, BookieMetrics metrics, Environment environment) {
        this.properties = properties;
        this.metadata = metadata;
        this.metrics = metrics;
        this.environment = environment;
    }

    @Override
    public void start() {
        StartOutcome outcome = BookieServer.start(
                BookieSettings.of(properties, httpAddress(), SoftwareVersion.text()), metadata, metrics);
        if (outcome instanceof StartOutcome.Refused refused) {
            throw new RoleRefused(refused.exit().code().code(), refused.exit().sentence());
        }
        BookieServer started = ((StartOutcome.Started) outcome).server();
        started.ended().thenAccept(ended::complete);
        server = started;
    }

    /** As others reach it; the web server has been started in an earlier phase. */
    private Optional<HttpAddress> httpAddress() {
        Integer port = environment.getProperty("local.server.port", Integer.class);
        if (port == null) {
            return Optional.empty();
        }
        String bound = properties.http().host();
        String host = bound.equals("0.0.0.0") ? properties.explicitAddress().orElse(ownHost()) : bound;
        return Optional.of(new HttpAddress(host, port));
    }

    private static String ownHost() {
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException e) {
            return "127.0.0.1";
        }
    }

    Optional<BookieServer> server() {
        return Optional.ofNullable(server);
    }

    @Override
    public Optional<BookieServer> running() {
        return server().filter(BookieServer::isRunning);
    }

    /** Completes when the bookie has ended, by itself or because it was told to. */
    CompletionStage<BookieExit> ended() {
        return ended.minimalCompletionStage();
    }

    @Override
    public void stop() {
        BookieServer running = server;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        BookieServer running = server;
        return running != null && running.isRunning();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
