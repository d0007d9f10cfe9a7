package dev.daybook.boot.standalone;

import dev.daybook.boot.admin.AdminToken;
import dev.daybook.boot.admin.OperatorClient;
import dev.daybook.boot.role.Connectors;
import dev.daybook.boot.role.KeptSecret;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.boot.role.SoftwareVersion;
import dev.daybook.boot.zookeeper.ZooKeeperRole;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.console.ConsoleApplication;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.server.BookieExit;
import dev.daybook.server.BookieServer;
import dev.daybook.server.BookieServerConfig;
import dev.daybook.server.BookieServerConfig.HttpAddress;
import dev.daybook.server.MetadataConnector;
import dev.daybook.server.StartOutcome;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.IdentityConfig;
import dev.daybook.server.net.NetConfig;
import dev.daybook.server.refill.Refill;
import dev.daybook.server.refill.RefillConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * ZooKeeper, some bookies that fill themselves after a loss, auto-recovery, the HTTP API of operators and the console in
 * this process, all on the loopback address. The bookies have names of their own ({@code bookie-1} and so on), so the same
 * data start on other ports as well.
 */
public final class StandaloneRole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandaloneRole.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    private final StandaloneConfig config;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final CompletableFuture<BookieExit> bookieEnded = new CompletableFuture<>();
    private String metadataUri = "";
    private int consolePort;
    private int httpPort;
    private final List<BookieServer> bookies = new ArrayList<>();

    private StandaloneRole(StandaloneConfig config) {
        this.config = config;
    }

    /** Returns when everything serves. A failure leaves nothing behind. */
    public static StandaloneRole start(StandaloneConfig config) {
        StandaloneRole role = new StandaloneRole(config);
        try {
            role.startAll();
            return role;
        } catch (RuntimeException | Error e) {
            role.close();
            throw e;
        }
    }

    private void startAll() {
        ZooKeeperRole zooKeeper = ZooKeeperRole.start(
                LOOPBACK, config.zooKeeperPort(), config.dataFolder().resolve("zookeeper"));
        running.push(zooKeeper);
        metadataUri = "zk+longhierarchical://" + LOOPBACK + ":" + zooKeeper.port() + "/ledgers";
        MetadataUri uri = MetadataUri.parse(metadataUri);
        for (int index = 0; index < config.bookies(); index++) {
            startBookie(uri, index);
        }
        bookies.forEach(bookie -> startRefill(uri, bookie));
        startAutoRecovery(uri);
        startAdmin(uri);
        startConsole();
    }

    /** After the bookies, so that it ends before them and takes nobody for lost. */
    private void startAutoRecovery(MetadataUri uri) {
        running.push(AutoRecovery.start(
                AutoRecoveryConfig.of("standalone"),
                ClientConfig.of(uri),
                connector(uri).connect(false),
                RecoveryMetrics.NONE));
    }

    /** Once all bookies serve, because each fills itself from the others. */
    private void startRefill(MetadataUri uri, BookieServer bookie) {
        running.push(
                Refill.start(RefillConfig.DEFAULT, bookie, ClientConfig.of(uri), connector(uri), BookieMetrics.NONE));
    }

    private static MetadataConnector connector(MetadataUri uri) {
        return Connectors.to(uri, Connectors.CONNECT_TIMEOUT, SESSION_TIMEOUT);
    }

    private void startBookie(MetadataUri uri, int index) {
        UsagePort usage = openUsagePort();
        String name = "bookie-" + (index + 1);
        IdentityConfig identity = new IdentityConfig(Optional.of(name), Optional.of(LOOPBACK), true);
        BookieFolders folders = BookieFolders.below(config.dataFolder().resolve(name));
        BookieServerConfig settings = BookieServerConfig.of(
                        NetConfig.of(LOOPBACK, config.bookiePort(index)), identity, folders)
                .withVersion(SoftwareVersion.text())
                .withHttp(new HttpAddress(LOOPBACK, usage.port()));
        StartOutcome outcome = BookieServer.start(
                config.acceptDataLoss() ? settings.withDataLossAccepted() : settings,
                connector(uri),
                BookieMetrics.NONE);
        if (outcome instanceof StartOutcome.Refused refused) {
            throw new RoleRefused(refused.exit().code().code(), refused.exit().sentence());
        }
        BookieServer bookie = ((StartOutcome.Started) outcome).server();
        running.push(bookie);
        bookies.add(bookie);
        usage.show(bookie);
        bookie.ended().thenAccept(bookieEnded::complete);
    }

    private UsagePort openUsagePort() {
        try {
            UsagePort port = UsagePort.open();
            running.push(port);
            return port;
        } catch (IOException e) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION, "No free port was found on the loopback address: " + e + ".", e);
        }
    }

    private void startAdmin(MetadataUri uri) {
        ConfigurableApplicationContext admin = StandaloneAdmin.start(
                LOOPBACK,
                config.httpPort(),
                adminTokenPath(),
                () -> bookies.stream().findFirst().filter(BookieServer::isRunning),
                () -> new OperatorClient(ClientConfig.of(uri)));
        running.push(admin);
        httpPort = admin.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private void startConsole() {
        KeptSecret password = KeptSecret.in(consolePasswordPath(), "The console's password", "--data-dir");
        ConfigurableApplicationContext console = ConsoleApplication.start(Map.of(
                "server.address",
                LOOPBACK,
                "server.port",
                Integer.toString(config.consolePort()),
                "daybook.metadata-uri",
                metadataUri,
                "daybook.console.password",
                password.secret()));
        running.push(console);
        consolePort = console.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public String metadataUri() {
        return metadataUri;
    }

    public String consoleUrl() {
        return "http://" + LOOPBACK + ":" + consolePort + "/";
    }

    public String httpUrl() {
        return "http://" + LOOPBACK + ":" + httpPort + "/";
    }

    private Path adminTokenPath() {
        return config.dataFolder().resolve(AdminToken.FILE_NAME);
    }

    /** Where the token of the HTTP API is kept. */
    public String adminTokenFile() {
        return adminTokenPath().toString();
    }

    private Path consolePasswordPath() {
        return config.dataFolder().resolve("console-password");
    }

    /** Where the console's password is kept. */
    public String consolePasswordFile() {
        return consolePasswordPath().toString();
    }

    /** Completes when a bookie has ended, by itself or because it was told to. */
    public CompletionStage<BookieExit> bookieEnded() {
        return bookieEnded.minimalCompletionStage();
    }

    /** In the opposite order of the start. One that fails does not keep the others running. */
    @Override
    public synchronized void close() {
        for (AutoCloseable next = running.poll(); next != null; next = running.poll()) {
            try {
                next.close();
            } catch (Exception e) {
                LOG.warn("Could not close {}: {}", next.getClass().getSimpleName(), e.toString());
            }
        }
    }
}
