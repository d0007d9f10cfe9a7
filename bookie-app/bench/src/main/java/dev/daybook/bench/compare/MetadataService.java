package dev.daybook.bench.compare;

import java.nio.file.Path;
import java.util.List;

/** One ZooKeeper server for all clusters; each has a root of its own. */
final class MetadataService implements AutoCloseable {
    private final Child process;
    private final int port;
    private final Path data;

    private MetadataService(Child process, int port, Path data) {
        this.process = process;
        this.port = port;
        this.data = data;
    }

    static MetadataService start(Paths paths) {
        int port = Ports.free();
        Path data = paths.data().resolve("zookeeper");
        Child process = Child.start(
                List.of(
                        paths.launcher().toString(),
                        "zookeeper",
                        "--port",
                        Integer.toString(port),
                        "--data-dir",
                        data.toString()),
                paths.data().resolve("zookeeper.log"));
        return new MetadataService(process, port, data);
    }

    long pid() {
        return process.pid();
    }

    String uri(String root) {
        return "zk+longhierarchical://127.0.0.1:" + port + "/" + root;
    }

    @Override
    public void close() {
        process.end();
        Machine.delete(data);
    }
}
