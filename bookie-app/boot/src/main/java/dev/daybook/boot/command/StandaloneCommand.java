package dev.daybook.boot.command;

import dev.daybook.boot.role.ReadyLine;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.boot.role.StopSignal;
import dev.daybook.boot.standalone.StandaloneConfig;
import dev.daybook.boot.standalone.StandaloneRole;
import dev.daybook.server.BookieExit;
import dev.daybook.server.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook standalone}. */
@Command(
        name = "standalone",
        description =
                "Run ZooKeeper, bookies, repair, the console and the HTTP API of operators in one process, on the loopback"
                        + " address only.")
final class StandaloneCommand implements Callable<Integer> {
    @Option(names = "--data-dir", required = true, paramLabel = "DIR", description = "Folder for all data.")
    private Path dataDir = Path.of("");

    @Option(
            names = "--bookies",
            defaultValue = "3",
            paramLabel = "N",
            description = "Number of bookies. Default: ${DEFAULT-VALUE}.")
    private int bookies;

    @Option(
            names = "--zookeeper-port",
            defaultValue = "2181",
            paramLabel = "PORT",
            description = "Port of ZooKeeper; 0 chooses a free one. Default: ${DEFAULT-VALUE}.")
    private int zooKeeperPort;

    @Option(
            names = "--bookie-port",
            defaultValue = "3181",
            paramLabel = "PORT",
            description =
                    "Port of the first bookie, the others follow; 0 chooses free ones. Default: ${DEFAULT-VALUE}.")
    private int bookiePort;

    @Option(
            names = "--console-port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Port of the console; 0 chooses a free one. Default: ${DEFAULT-VALUE}.")
    private int consolePort;

    @Option(
            names = "--http-port",
            defaultValue = "0",
            paramLabel = "PORT",
            description = "Port of the HTTP API of operators; 0 chooses a free one. Default: ${DEFAULT-VALUE}.")
    private int httpPort;

    @Option(
            names = "--accept-data-loss",
            description = "Start although the folder of a bookie came back empty or damaged: what may have been lost is"
                    + " fenced and never denied until it was copied back from the other bookies.")
    private boolean acceptDataLoss;

    @Override
    public Integer call() {
        StandaloneRole role = StandaloneRole.start(new StandaloneConfig(
                dataDir, bookies, zooKeeperPort, bookiePort, consolePort, httpPort, acceptDataLoss));
        StopSignal.closeOnExit(role);
        new ReadyLine("standalone")
                .with("metadata-uri", role.metadataUri())
                .with("bookies", bookies)
                .with("console", role.consoleUrl())
                .with("console-user", "admin")
                .with("console-password-file", role.consolePasswordFile())
                .with("http", role.httpUrl())
                .with("admin-token-file", role.adminTokenFile())
                .print();
        BookieExit exit = role.bookieEnded().toCompletableFuture().join();
        if (exit.code() == ExitCode.OK) {
            return 0;
        }
        throw new RoleRefused(exit.code().code(), exit.sentence());
    }
}
