package dev.daybook.interop;

import dev.daybook.protocol.wire.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts our roles through the launcher and the official programs through their main classes. */
final class Programs {
    private static final Duration START = Duration.ofSeconds(90);

    private final Path folder;
    private final Map<String, String> environment;

    Programs(Path folder) {
        this(folder, Map.of());
    }

    private Programs(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** Of which a dead one is known to be dead as soon as the metadata service can tell, and nobody waits for long. */
    static Programs impatient(Path folder) {
        return new Programs(
                folder,
                Map.of(
                        "DAYBOOK_BOOKIE_SESSIONTIMEOUT", "4s",
                        "DAYBOOK_AUTORECOVERY_SESSIONTIMEOUT", "4s",
                        "DAYBOOK_AUTORECOVERY_BACKOFF", "2s"));
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChildProcess zooKeeper(int port) {
        return ready(ours(
                "zookeeper",
                "zookeeper",
                "--port",
                Integer.toString(port),
                "--data-dir",
                folder.resolve("zookeeper").toString()));
    }

    /** Our bookies, started side by side: each waits for its own dead registration after a kill. */
    List<ChildProcess> bookies(String metadataUri, List<Integer> ports) {
        List<ChildProcess> started =
                ports.stream().map(port -> startBookie(metadataUri, port)).toList();
        started.forEach(Programs::ready);
        return started;
    }

    ChildProcess bookie(String metadataUri, int port) {
        return ready(startBookie(metadataUri, port));
    }

    /**
     * Does not wait until it is ready.
     *
     * @param options further ones
     */
    ChildProcess startBookie(String metadataUri, int port, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "bookie",
                "--metadata-uri",
                metadataUri,
                "--port",
                Integer.toString(port),
                "--data-dir",
                ourData(port).toString(),
                "--advertised-address",
                "127.0.0.1"));
        command.addAll(List.of(options));
        return ours("bookie-" + port, command.toArray(String[]::new));
    }

    private Path ourData(int port) {
        return folder.resolve("bookie-" + port);
    }

    private Path officialData(int port) {
        return folder.resolve("official-" + port);
    }

    static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Whether the bookie at this address is one that was started by {@link #officialBookie}. */
    boolean isOfficial(String address) {
        return Files.exists(officialData(portOf(address)));
    }

    /** Empties the data folder of a bookie that does not run. */
    void wipe(String address) {
        Path data = isOfficial(address) ? officialData(portOf(address)) : ourData(portOf(address));
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(data)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param settings further options */
    ChildProcess autoRecovery(String metadataUri, String name, String... settings) {
        List<String> command = new ArrayList<>(List.of("autorecovery", "--metadata-uri", metadataUri, "--name", name));
        command.addAll(List.of(settings));
        return ready(ours("autorecovery-" + name, command.toArray(String[]::new)));
    }

    /** Writes the file into a ledger, reads it back and verifies it. */
    ChildProcess quickstart(String metadataUri, Path input) {
        return ChildProcess.start(
                "quickstart",
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        root().resolve("samples/quickstart/target/quickstart.jar")
                                .toString(),
                        "--file=" + input,
                        "--progress=always",
                        "--daybook.metadata-uri=" + metadataUri));
    }

    /** {@code daybook storage …}, which ends by itself. */
    ChildProcess storage(String... arguments) {
        List<String> command = new ArrayList<>(List.of("storage"));
        command.addAll(List.of(arguments));
        return command(command.toArray(String[]::new));
    }

    /** An operator's command of ours, which ends by itself. */
    ChildProcess command(String... arguments) {
        return ours(arguments[0], arguments);
    }

    private static ChildProcess ready(ChildProcess child) {
        child.awaitLine(line -> line.contains(" ready"), START);
        return child;
    }

    private ChildProcess ours(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(root().resolve("bookie-app/bin/daybook").toString());
        command.addAll(List.of(arguments));
        return ChildProcess.start(name, folder, command, environment);
    }

    ChildProcess officialBookie(String metadataUri, int port) {
        return officialBookie(metadataUri, port, "");
    }

    /** @param settings further lines of its configuration */
    ChildProcess officialBookie(String metadataUri, int port, String settings) {
        Path conf = officialConfiguration(metadataUri, port, settings);
        return official("official-bookie-" + port, "org.apache.bookkeeper.server.Main", "--conf", conf.toString());
    }

    /** A command of the official operators' shell, which ends by itself. */
    ChildProcess officialShell(String metadataUri, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-conf", officialConfiguration(metadataUri, freePort(), "").toString()));
        command.addAll(List.of(arguments));
        return official("official-shell", "org.apache.bookkeeper.bookie.BookieShell", command.toArray(String[]::new));
    }

    /** The file that an official bookie is started with. */
    Path officialConfiguration(String metadataUri, int port, String settings) {
        Path data = officialData(port);
        Path conf = folder.resolve("official-" + port + ".conf");
        String text = """
                bookiePort=%d
                allowLoopback=true
                advertisedAddress=127.0.0.1
                metadataServiceUri=%s
                journalDirectories=%s/journal
                ledgerDirectories=%s/ledgers
                journalPreAllocSizeMB=1
                diskUsageThreshold=0.99
                diskUsageWarnThreshold=0.98
                %s
                """.formatted(port, metadataUri, data, data, settings);
        try {
            Files.createDirectories(data);
            return Files.writeString(conf, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param duty {@code auditor} or {@code worker}; see {@code PeerHealing} */
    ChildProcess officialHealing(String duty, String metadataUri) {
        Path conf = officialConfiguration(
                metadataUri, freePort(), "openLedgerRereplicationGracePeriod=500\nrwRereplicateBackoffMs=500");
        ChildProcess started =
                official("official-" + duty, "dev.daybook.interop.peer.PeerHealing", duty, conf.toString());
        started.awaitLine(line -> line.equals("ok ready"), START);
        return started;
    }

    /** Official bookies in one process. */
    ChildProcess officialBookies(List<Path> configurations, Path login) {
        ChildProcess started = start(
                "official-bookies",
                officialCommand(
                        List.of(loginOption(login)),
                        "dev.daybook.interop.peer.PeerBookies",
                        configurations.stream().map(Path::toString).toArray(String[]::new)));
        started.awaitLine(line -> line.equals("ok ready"), START);
        return started;
    }

    /** Official clients in one process, made anew for each command; see {@code PeerVisits}. */
    OfficialClient officialVisits(Path login) {
        return new OfficialClient(start(
                "official-visits",
                officialCommand(List.of(loginOption(login)), "dev.daybook.interop.peer.PeerVisits")));
    }

    /** Where the official programs look users and passwords up. */
    private static String loginOption(Path login) {
        return "-Djava.security.auth.login.config=" + login;
    }

    OfficialClient officialClient(String metadataUri, String generation) {
        return new OfficialClient(officialClientProcess(metadataUri, generation));
    }

    /** The same, that tells its last-add-confirmed this often while it is silent. */
    OfficialClient officialClient(String metadataUri, String generation, int explicitLacMillis) {
        return new OfficialClient(official(
                "official-client-" + generation,
                "dev.daybook.interop.peer.PeerClient",
                metadataUri,
                generation,
                Integer.toString(explicitLacMillis)));
    }

    ChildProcess officialClientProcess(String metadataUri, String generation) {
        return official(
                "official-client-" + generation, "dev.daybook.interop.peer.PeerClient", metadataUri, generation);
    }

    /** Our client, writing, in a process that can be killed. */
    ChildProcess streamingWriter(String metadataUri, Generation generation) {
        return ChildProcess.start(
                "our-writer",
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamingWriter.class.getName(),
                        metadataUri,
                        generation.name()));
    }

    private ChildProcess official(String name, String mainClass, String... arguments) {
        return start(name, officialCommand(List.of(), mainClass, arguments));
    }

    private ChildProcess start(String name, List<String> command) {
        return ChildProcess.start(name, folder, command);
    }

    private static List<String> officialCommand(List<String> options, String mainClass, String... arguments) {
        Path peer = root().resolve("bookie-app/interop-peer/target");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-XX:+UseSerialGC");
        // None lives long enough to earn back what the better compiler costs.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dlog4j2.configurationFile=peer-log4j2.xml");
        command.addAll(options);
        command.add("-cp");
        try {
            command.add(peer.resolve("classes") + ":"
                    + Files.readString(peer.resolve("peer.classpath")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("build bookie-app/interop-peer first", e);
        }
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return command;
    }

    /** The root of the source tree, found from the folder that the build runs a module's tests in. */
    static Path root() {
        Path candidate = Path.of("").toAbsolutePath();
        while (!Files.exists(candidate.resolve("mvnw"))) {
            candidate = candidate.getParent();
            if (candidate == null) {
                throw new IllegalStateException(
                        "not inside the source tree: " + Path.of("").toAbsolutePath());
            }
        }
        return candidate;
    }
}
