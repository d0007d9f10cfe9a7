package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.Eventually;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.security.Certificates;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real etcd server in a process of its own, with one member and data that outlive a stop. */
final class TestEtcd implements AutoCloseable {
    private final String program;
    private final Path directory;
    private final int port = freePort();
    private final int peerPort = freePort();
    private final String scheme;
    private final List<String> security;
    private Process running;

    /** Speaks clear text. Skips the test where there is no etcd. */
    TestEtcd() {
        this("http", List.of());
    }

    /** Speaks TLS only, and asks clients for certificates. */
    static TestEtcd secured(Certificates own, Path clientAuthorities) {
        return new TestEtcd(
                "https",
                List.of(
                        "--cert-file=" + own.certificate(),
                        "--key-file=" + own.key(),
                        "--trusted-ca-file=" + clientAuthorities,
                        "--client-cert-auth"));
    }

    private TestEtcd(String scheme, List<String> security) {
        this.scheme = scheme;
        this.security = security;
        Optional<String> found = program();
        Assumptions.assumeTrue(
                found.isPresent(),
                "There is no etcd on the PATH, so the etcd store is not tested here; install Debian's etcd-server.");
        program = found.orElseThrow();
        try {
            directory = Files.createTempDirectory("daybook-etcd");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    private static Optional<String> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "etcd"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** etcd cannot be told to choose a port and to say which: one that was free a moment ago is the next best. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves, on the data of its former life if there was one. */
    void start() {
        String client = scheme + "://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + peerPort;
        List<String> command = new ArrayList<>(List.of(
                program,
                "--name=test",
                "--data-dir=" + directory.resolve("data"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=test=" + peer,
                "--heartbeat-interval=50",
                "--election-timeout=250",
                "--logger=zap",
                "--log-level=error"));
        command.addAll(security);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        try {
            running = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.that("etcd listens; it says: " + log(), this::listens);
    }

    private Path log() {
        return directory.resolve("log");
    }

    private boolean listens() {
        if (!running.isAlive()) {
            throw new AssertionError("etcd ended with " + running.exitValue() + "; see " + log());
        }
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    MetadataUri uri(String root) {
        return MetadataUri.parse("etcd://127.0.0.1:" + port + root);
    }

    /** Lets the server forget what was before a revision. */
    void compact(long revision) {
        ask(channel -> KVGrpc.newBlockingStub(channel)
                .compact(CompactionRequest.newBuilder()
                        .setRevision(revision)
                        .setPhysical(true)
                        .build()));
    }

    /** Ends a lease as if its owner had been silent for too long. */
    void revoke(long lease) {
        ask(channel -> LeaseGrpc.newBlockingStub(channel)
                .leaseRevoke(LeaseRevokeRequest.newBuilder().setID(lease).build()));
    }

    private <T> void ask(Function<ManagedChannel, T> question) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            T unused = question.apply(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    /** Ends the server as a crash would; its data stay. */
    void kill() {
        running.destroyForcibly();
        try {
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("etcd does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
