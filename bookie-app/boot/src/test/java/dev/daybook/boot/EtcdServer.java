package dev.daybook.boot;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The {@code etcd} of this machine, on data in a folder of the test. */
final class EtcdServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final String program;
    private final int port = freePort();
    private final int peerPort = freePort();
    private Process running;

    /** Skips the test where there is no etcd. */
    EtcdServer(Path folder) throws IOException, InterruptedException {
        Optional<String> found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "etcd"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        Assumptions.assumeTrue(
                found.isPresent(),
                "There is no etcd on the PATH, so a cluster on it is not tested here; install Debian's etcd-server.");
        this.folder = folder;
        this.program = found.orElseThrow();
        this.running = start();
    }

    /** etcd cannot be told to choose a port and to say which: one that was free a moment ago is the next best. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String uri(String root) {
        return "etcd://127.0.0.1:" + port + root;
    }

    private Process start() throws IOException, InterruptedException {
        String client = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + peerPort;
        Process process = new ProcessBuilder(
                        program,
                        "--name=test",
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=test=" + peer,
                        "--logger=zap",
                        "--log-level=error")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("etcd.log").toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!listens()) {
            if (System.nanoTime() - deadline > 0 || process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "etcd does not serve; it said: " + Files.readString(folder.resolve("etcd.log")));
            }
        }
        return process;
    }

    private boolean listens() {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends the server as a crash would; its data stay. */
    void kill() {
        running.destroyForcibly().onExit().join();
    }

    /** Serves again after {@link #kill}, on the same data. */
    void startAgain() throws IOException, InterruptedException {
        running = start();
    }

    @Override
    public void close() {
        kill();
    }
}
