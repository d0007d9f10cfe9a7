package dev.daybook.boot.command;

import dev.daybook.boot.role.ReadyLine;
import dev.daybook.boot.role.StopSignal;
import dev.daybook.boot.zookeeper.ZooKeeperRole;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook zookeeper}. */
@Command(name = "zookeeper", description = "Run a single ZooKeeper server, the metadata service of a small cluster.")
final class ZooKeeperCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "2181",
            paramLabel = "PORT",
            description = "Port to listen on; 0 chooses a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--listen-host",
            defaultValue = "0.0.0.0",
            paramLabel = "HOST",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String listenHost = "";

    @Option(names = "--data-dir", required = true, paramLabel = "DIR", description = "Folder for its data.")
    private Path dataDir = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        ZooKeeperRole role = ZooKeeperRole.start(listenHost, Ports.check("--port", port), dataDir);
        StopSignal.closeOnExit(role);
        new ReadyLine("zookeeper").with("port", role.port()).print();
        StopSignal.await();
        return 0;
    }
}
